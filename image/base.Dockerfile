# The sandbox's base image: one recipe, two ways to make it.
# With a registry in reach the engine builds this file. Without one, scripts/setup/base-image.mjs
# reads the ARG lines below, makes the same root file system with debootstrap, and runs the last
# RUN instruction in it. The image's tag is the hash of this file's bytes.
ARG NODE_VERSION=24.21.0
ARG NPM_VERSION=11.19.1
ARG DEBIAN_SUITE=bookworm
FROM node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d
ARG PACKAGES="ca-certificates diffutils findutils git less make patch procps python3 ripgrep"
RUN apt-get update && apt-get install -y --no-install-recommends $PACKAGES && rm -rf /var/lib/apt/lists/*
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV LANG=C.UTF-8
ENTRYPOINT []
CMD ["node"]
RUN set -eu; \
    if id node >/dev/null 2>&1; then userdel --remove node; fi; \
    groupadd --gid 1000 runner; \
    useradd --uid 1000 --gid 1000 --home-dir /home/runner --create-home --shell /usr/sbin/nologin runner; \
    groupadd --gid 60001 agent; \
    useradd --uid 60001 --gid 60001 --home-dir /home/agent --create-home --shell /usr/sbin/nologin agent; \
    chmod 0700 /home/runner /home/agent; \
    install -d -m 0700 -o runner -g runner /workspace; \
    install -d -m 0755 /run/airlock /opt/airlock; \
    ln -sf python3 /usr/bin/python; \
    find / -xdev -type f -perm /6000 -exec chmod a-s {} +; \
    rm -rf /usr/share/doc/* /usr/share/man/* /usr/share/info/* /usr/share/locale/* \
      /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/*; \
    rm -f /etc/machine-id
