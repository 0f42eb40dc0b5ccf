# Production is the last stage and so the default; `development` is the target that docker-compose.override.yml asks for.

# A release names the base by its digest: --build-arg BASE_IMAGE=node:26-slim@sha256:…
ARG BASE_IMAGE=node:26-slim

FROM ${BASE_IMAGE} AS base
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
RUN npm run -s build \
 && find dist/ -name '*.map' -delete \
 && chmod +x dist/loopwright.command.js

# What the program runs on, and nothing that only a compiler, an editor or a debugger reads.
FROM manifests AS production-dependencies
RUN npm ci --omit=dev --ignore-scripts --no-audit \
 && find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.md' \) -delete \
 && find node_modules/swagger-ui-dist -name '*.js' ! -name swagger-ui-bundle.js -delete \
 && find node_modules -type d -empty -delete \
 && ln -s ../../dist/loopwright.command.js node_modules/.bin/loopwright

FROM source AS development
# `nest start --watch` makes dist anew; what is below stays root's.
RUN chown node:node .
ENV NODE_ENV=development \
    PATH=/app/node_modules/.bin:$PATH
USER 1000:1000
EXPOSE 3000 9229
CMD ["nest", "start", "--watch", "--no-shell"]

# The base without what installs and builds things: a break-in finds no npm, no apt and no perl. dpkg still knows what is left,
# for those who look for old packages in an image.
FROM base AS bare
RUN rm -rf /usr/local/lib/node_modules /opt/yarn* /usr/local/include \
      /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg /usr/local/bin/pnpm \
 && packages=$(dpkg-query --show --showformat='${binary:Package}\n' \
      | grep -E '^(apt|libapt-pkg|perl|libperl|debian-archive-keyring|sqv|gpgv)') \
 && dpkg --purge --force-all $packages \
 && rm -rf /etc/apt /usr/share/perl* /usr/lib/*/perl* /var/lib/apt /var/cache/apt /var/log/* /usr/share/doc/* /usr/share/man/* /tmp/* \
 && find /usr/bin /usr/sbin -xtype l -delete

# As one layer: what was removed would still lie in the base's.
FROM scratch AS production
COPY --from=bare / /
WORKDIR /app
# PM2 reads these before it reads ecosystem.config.js. The scheduling policy lets every worker accept from the one
# listening socket itself; one concurrent action makes a bare `pm2 reload` go worker by worker.
ENV NODE_ENV=production \
    PATH=/app/node_modules/.bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
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
