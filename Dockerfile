# Production is the last stage and so the default; `development` is the target that docker-compose.override.yml asks for.

FROM node:26-slim AS base
WORKDIR /app
# npm looks for news and keeps logs otherwise; its cache goes where a read-only root still lets it write.
ENV npm_config_update_notifier=false \
    npm_config_logs_max=0 \
    npm_config_cache=/tmp/.npm

FROM base AS manifests
COPY package.json package-lock.json .npmrc ./

# Everything, for building and for `nest start --watch`. `node` is a development dependency because npm scripts on a
# host need it; here the base image brings it, and without its install script npm leaves its 150 MB alone.
FROM manifests AS dependencies
RUN npm ci --ignore-scripts --no-audit

FROM dependencies AS source
COPY . .

FROM source AS build
RUN npm run -s build

# What the program runs on, and nothing that only a compiler, an editor or a debugger reads.
FROM manifests AS production-dependencies
RUN npm ci --omit=dev --ignore-scripts --no-audit \
 && find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.md' \) -delete \
 && find node_modules/swagger-ui-dist -name '*.js' ! -name swagger-ui-bundle.js -delete \
 && find node_modules -type d -empty -delete

FROM source AS development
# `nest start --watch` makes dist anew; what is below stays root's.
RUN chown node:node .
ENV NODE_ENV=development \
    PATH=/app/node_modules/.bin:$PATH
USER 1000:1000
EXPOSE 3000 9229
CMD ["nest", "start", "--watch", "--no-shell"]

FROM base AS production
# PM2 reads these before it reads ecosystem.config.js. The scheduling policy lets every worker accept from the one
# listening socket itself; one concurrent action makes a bare `pm2 reload` go worker by worker.
ENV NODE_ENV=production \
    PATH=/app/node_modules/.bin:$PATH \
    HOME=/tmp \
    PM2_HOME=/tmp/.pm2 \
    NODE_CLUSTER_SCHED_POLICY=none \
    PM2_KILL_SIGNAL=SIGTERM \
    PM2_CONCURRENT_ACTIONS=1 \
    PM2_DISABLE_VERSION_CHECK=true \
    PM2_NO_INTERACTION=true \
    PM2_LOG_DATE_FORMAT= \
    MANAGEMENT_HOST=0.0.0.0
COPY --from=production-dependencies /app/node_modules node_modules
COPY package.json ecosystem.config.js ./
COPY --from=build /app/dist dist
# Root owns the code and this user runs it: a break-in cannot rewrite the program.
USER 1000:1000
EXPOSE 3000
CMD ["pm2-runtime", "ecosystem.config.js"]
