import type { PathRule } from '../path-rule.js';

/** Configurations of linters, test runners and bundlers: code, or names of plugins that are loaded as code. */
export const toolConfig: PathRule = {
  rule: 'tool-config',
  reason: 'tools load it as code, or load the code that it names, on their next run or in the editor',
  names: [
    '.bandit',
    '.codeclimate.yml',
    '.coveragerc',
    '.flake8',
    '.irbrc',
    '.nycrc',
    '.pdbrc',
    '.pep8',
    '.pryrc',
    '.pylintrc',
    '.rspec',
    '.rspec-local',
    '.simplecov',
    '.solargraph.yml',
    '.standard.yml',
    '.swcrc',
    '.taprc',
    '.watchmanconfig',
    '.yardopts',
    'codeception.yml',
    'karma.conf.js',
    'nodemon.json',
    'pylintrc',
    'rector.php',
    'steepfile',
    'tslint.json',
    'wallaby.js',
  ],
  places: ['.storybook', '.yo-rc.json', '.config/karma'],
  pattern:
    /\.config\.(?:[cm]?[jt]sx?|json|ya?ml)$|\.(?:conf|workspace|setup)\.[cm]?[jt]s$|^\.(?:eslintrc|stylelintrc|babelrc|mocharc|postcssrc|swcrc|nycrc|c8rc|prettierrc|browserslistrc|parcelrc|remarkrc|markdownlint|rubocop|golangci|phpcs|php-cs-fixer|php_cs|depcheckrc|dependency-cruiser|size-limit|syncpackrc|jscpd|plop|xo-config|graphqlrc|htmlhintrc|release-it|versionrc|auto-changelog|textlintrc)(?:[.\-_]|$)|^babel\.config|^(?:phpunit|psalm|phpspec|behat|infection|phpstan|ecs|easy-coding-standard)(?:[.\-_][\w.-]+)?\.(?:xml|ya?ml|neon|php|json5?)(?:\.dist)?$|^(?:tox|pytest|mypy|\.mypy|\.pytest|nose|\.isort)\.(?:ini|cfg)$|^(?:\.?ruby-lsp|\.?rubocop[\w.-]*)\.ya?ml$|^(?:vitest|jest)\.[\w-]+\.(?:[cm]?[jt]s|json)$/,
};
