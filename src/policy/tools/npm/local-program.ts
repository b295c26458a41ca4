/** A program of node_modules: no shell, no tool of the system, nothing that is fetched from an address. */
export const localProgram =
  /^(?!(?:sh|bash|dash|zsh|ksh|fish|csh|busybox|env|sudo|su|curl|wget|nc|ncat|netcat|ssh|scp|rsync|perl|ruby|php|lua|python[\d.]*|eval|exec|xargs|find|docker|git|node|npm|npx|rm|cp|mv|cat|ls|dd|tee|chmod|kill)(?:@|$))(?:@[\w.-]+\/)?[\w.-]+(?:@[\w.^~<>=*-]+)?$/i;

/** A package's name and version, or a folder of the workspace: no address. */
export const localPackage = /^(?:(?:@[\w.-]+\/)?[\w.-]+(?:@[\w.^~<>=*|-]+)?|\.{1,2}(?:\/[\w./@-]*)?)$/;

/** Programs that a project installs to build, check and test itself; others ask first. */
export const projectTools =
  /^(?:tsc|tsx|ts-node|tsup|vue-tsc|svelte-check|eslint|prettier|biome|stylelint|jest|vitest|mocha|ava|tap|nyc|c8|jasmine|karma|playwright|cypress|vite|webpack|rollup|esbuild|parcel|next|nuxt|astro|remix|ng|nx|turbo|lerna|rimraf|knip|depcheck|madge|type-coverage|typedoc|jsdoc|postcss|tailwindcss|sass|lessc|babel|swc|prisma|drizzle-kit|typeorm|sequelize|knex|storybook|changeset|commitlint|lint-staged|markdownlint|cspell|oxlint|standard|xo|tsd|size-limit|react-scripts|expo|gulp|grunt|nodemon|concurrently|npm-run-all|run-s|run-p|json-server|graphql-codegen|openapi-typescript|@biomejs\/biome|@tailwindcss\/cli|@changesets\/cli)$/;
