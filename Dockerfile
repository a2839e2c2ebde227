# The server as an image. It serves DATABASE_URL: the embedded PostgreSQL is left out, because a
# container's own file system is no place for bookings. Built and run: docker compose up --build.
# Every instruction here is executed by test/as-users/container.test.ts.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools/node/package.json tools/node/
COPY packages/client/package.json packages/client/
COPY packages/seat-map/package.json packages/seat-map/
COPY web/package.json web/
RUN npm ci --include=dev --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY rig rig
COPY stress stress
COPY verify verify
COPY web web
COPY scripts/bring-tools.mjs scripts/build-web.ts scripts/build-docs.ts scripts/
COPY scripts/docs scripts/docs
COPY docs docs
COPY examples/README.md examples/
COPY README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md openapi.json ./
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools/node/package.json tools/node/
COPY packages/client/package.json packages/client/
COPY packages/seat-map/package.json packages/seat-map/
# Without web/package.json: what pages are built with stays where they are built. Optional are the
# embedded PostgreSQL and a Node for machines that have an older one.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY package.json LICENSE openapi.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY sql sql
USER node
EXPOSE 3000
# Told to stop, the server finishes what it has begun: give it ROWLOCK_SHUTDOWN_SECONDS and a bit.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Exec form: signals reach node itself, and no shell stands between.
ENTRYPOINT ["node", "dist/src/cli/main.js"]
CMD ["serve"]
