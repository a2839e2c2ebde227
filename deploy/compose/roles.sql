-- The login that the server uses, made before the database is migrated for it. It owns nothing, and
-- is given what serving takes by "rowlock migrate". Safe to repeat: a new password in .env counts
-- from the next start.
\getenv login_password LOGIN_PASSWORD
select 'create role rowlock_login login'
where not exists (select from pg_roles where rolname = 'rowlock_login')
\gexec
alter role rowlock_login
  login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
  password :'login_password';
