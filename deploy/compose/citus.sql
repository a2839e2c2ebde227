-- Joins the nodes of citus.yaml. The image has made the extension on each of them.
select citus_set_coordinator_host('coordinator', 5432);
select citus_add_node('worker-1', 5432);
select citus_add_node('worker-2', 5432);
select citus_set_node_property('coordinator', 5432, 'shouldhaveshards', false);
