import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadESLint } from 'eslint';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isWithout, startPractice } from './support/practice.js';
import { preload } from './support/preload.js';

const ROOT = join(import.meta.dirname, '..');

interface Manifest {
  readonly version: string;
  readonly engines?: { readonly node?: string };
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const manifestOf = (directory: string): Manifest =>
  readJson(join(directory, 'package.json')) as Manifest;

describe.skipIf(isWithout('chunks to load'))('the slow path', () => {
  it('loads what a login at AWS takes only where there is one', async () => {
    const practice = await startPractice();
    try {
      const log = join(practice.home.path, 'loaded.json');
      const env = preload(
        practice.home,
        'list',
        `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(log)}, JSON.stringify(Object.keys(require.cache))));\n`,
      );
      const cold = await practice.run(['credential-process', 'dev'], { env });
      expect(cold.status).toBe(0);
      const files = (readJson(log) as string[]).map((path) => basename(path));
      expect(files).toContain('obtain.cjs');
      expect(files.filter((name) => /sso|signin|login/.test(name))).toEqual([]);
    } finally {
      await practice.close();
    }
  });
});

describe('the package', () => {
  it('holds the program, what is read about it, and nothing else', () => {
    const packed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const [{ files }] = JSON.parse(packed.stdout) as [{ files: { path: string }[] }];
    const allowed =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|bin\/assume\.cjs|dist\/[a-z-]+\.cjs|dist\/licenses\.txt|man\/assume\.1|completions\/(assume\.bash|_assume|assume\.fish))$/;
    expect(files.map(({ path }) => path).filter((path) => !allowed.test(path))).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'package.json',
        'bin/assume.cjs',
        'dist/start.cjs',
        'dist/licenses.txt',
        'man/assume.1',
        'completions/assume.bash',
        'completions/_assume',
        'completions/assume.fish',
      ]),
    );
  });

  it('has exact versions', () => {
    const { dependencies = {}, devDependencies = {} } = readJson(join(ROOT, 'package.json')) as {
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
    };
    for (const version of Object.values({ ...dependencies, ...devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });
});

describe('what the program depends on', () => {
  interface Locked {
    readonly dev?: boolean;
    readonly optional?: boolean;
    readonly hasInstallScript?: boolean;
    readonly engines?: { readonly node?: string } | readonly string[];
  }
  const lock = readJson(join(ROOT, 'package-lock.json')) as { packages: Record<string, Locked> };
  /** What is installed with it, and what is bundled into it, as the build says. */
  const bundled = [
    ...readFileSync(join(ROOT, 'dist/licenses.txt'), 'utf8').matchAll(/^## (\S+) \d/gm),
  ].map(([, name = '']) => name);
  const production = Object.entries(lock.packages).filter(
    ([path, { dev }]) =>
      path !== '' &&
      (dev !== true || bundled.some((name) => path.endsWith(`node_modules/${name}`))),
  );

  it('is bundled, but for the native module, which is optional', () => {
    expect(bundled).toEqual(
      expect.arrayContaining(['@aws-sdk/client-sts', '@inquirer/search', 'ini']),
    );
    const { dependencies, optionalDependencies } = readJson(join(ROOT, 'package.json')) as Record<
      string,
      Readonly<Record<string, string>> | undefined
    >;
    expect([dependencies, Object.keys(optionalDependencies ?? {})]).toEqual([
      undefined,
      ['@napi-rs/keyring'],
    ]);
  });

  it('has its licence in the package, each with a text', () => {
    const texts = readFileSync(join(ROOT, 'dist/licenses.txt'), 'utf8').split(/^(?=## \S+ \d)/m);
    expect(
      texts
        .slice(1)
        .filter((text) => text.length < 500)
        .map((text) => text.trim()),
    ).toEqual([]);
  });

  it('runs no scripts when it is installed', () => {
    expect(production.length).toBeGreaterThan(10);
    const scripted = production.filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripted.map(([path]) => path)).toEqual([]);
  });

  it('runs on Node 20.17', () => {
    const refused = production.flatMap(([path, { engines }]) => {
      const range = engines && 'node' in engines ? engines.node : undefined;
      return range === undefined || admits(range, [20, 17, 0]) ? [] : [`${path}: ${range}`];
    });
    expect(refused).toEqual([]);
    expect(manifestOf(ROOT).engines?.node).toBe('>=20.17');
  });

  it.each([
    ['>=20.17', true],
    ['>= 18', true],
    ['>=22.0.0', false],
    ['^18 || ^20.17.0 || >=22.9.0', true],
    ['^20.18.0 || >=22', false],
    ['>=20.0.0 <21', true],
    ['*', true],
  ])('(as far as %s says: %s)', (range, isAdmitted) => {
    expect(admits(range, [20, 17, 0])).toBe(isAdmitted);
  });

  /** Of semantic ranges what manifests of Node's packages use. */
  function admits(range: string, version: readonly [number, number, number]): boolean {
    return range.split('||').some((alternative) =>
      alternative
        .trim()
        .replace(/([<>=^~]+)\s+/g, '$1')
        .split(/\s+/)
        .every((part) => {
          const [, operator = '', text = ''] = /^([<>=^~]*)v?([\d.x*]*)$/.exec(part) ?? [];
          const [major = 0, minor = 0, patch = 0] = text
            .split('.')
            .map((digits) => Number(digits) || 0);
          if (text === '' || text === '*') return true;
          const order = version[0] - major || version[1] - minor || version[2] - patch;
          switch (operator) {
            case '>=':
              return order >= 0;
            case '>':
              return order > 0;
            case '<':
              return order < 0;
            case '<=':
              return order <= 0;
            case '^':
              return order >= 0 && version[0] === major;
            case '~':
              return order >= 0 && version[0] === major && version[1] === minor;
            default:
              return version[0] === major && (!text.includes('.') || version[1] === minor);
          }
        }),
    );
  }
});

const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => path.replaceAll('\\', '/'));

describe('the sources', () => {
  it('name process and console in host/ alone', () => {
    const inside = (path: string): boolean => /^(host|sandbox)\/|^(run|start)\.ts$/.test(path);
    const naming = SOURCES.filter((path) => {
      const text = readFileSync(join(ROOT, 'src', path), 'utf8');
      const code = text.replace(/\/\*[^]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|`[^`]*`/g, '');
      return !inside(path) && /(?<![\w.$-])(process|console)\s*[.[]/.test(code);
    });
    expect(naming).toEqual([]);
  });

  it('keep nothing in a variable of a module, of which each chunk has its own', () => {
    const keeping = SOURCES.filter((path) =>
      /^(export )?(let|var) /m.test(readFileSync(join(ROOT, 'src', path), 'utf8')),
    );
    // The children's filter is of the one chunk that starts them.
    expect(keeping).toEqual(['host/dumps.ts']);
  });

  it('reach the SDK from aws/ alone', () => {
    const importing = SOURCES.filter((path) =>
      /from '@(aws-sdk|smithy)\//.test(readFileSync(join(ROOT, 'src', path), 'utf8')),
    );
    expect(importing.length).toBeGreaterThan(0);
    expect(importing.filter((path) => !path.startsWith('aws/'))).toEqual([]);
  });
});

describe('every error', () => {
  /** The places of those that are made without a word on what to type next, as `file:line`. */
  function hintless(path: string, text: string): string[] {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (
        ts.isNewExpression(node) &&
        node.expression.getText() === 'AssumeError' &&
        !isHelpful(node)
      ) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.push(`${path}:${String(line + 1)}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  }

  /** Cancelling is no failure: who cancels knows what to do. */
  function isHelpful({
    arguments: [code, , details] = ts.factory.createNodeArray(),
  }: ts.NewExpression): boolean {
    if (code?.getText() === "'CANCELLED'") return true;
    if (!details || !ts.isObjectLiteralExpression(details)) return details !== undefined;
    return details.properties.some((property) => property.name?.getText() === 'hint');
  }

  it.each([
    ["new AssumeError('FAILED', 'x')", ['x.ts:1']],
    ["\nnew AssumeError('FAILED', 'x', { cause })", ['x.ts:2']],
    ["new AssumeError('FAILED', 'x', { hint: 'y' })", []],
    ["new AssumeError('FAILED', 'x', { cause, hint })", []],
    ["new AssumeError(code, 'x', details)", []],
    ["new AssumeError('CANCELLED', 'x')", []],
    ["new Error('x')", []],
  ])('(as far as %j says)', (text, places) => {
    expect(hintless('x.ts', text)).toEqual(places);
  });

  it('says what to type next', () => {
    const found = SOURCES.flatMap((path) =>
      hintless(path, readFileSync(join(ROOT, 'src', path), 'utf8')),
    );
    expect(found).toEqual([]);
  });
});

describe('the linter', () => {
  /** The order of the house: a file may import what stands before its own stage. */
  const STAGES = [
    ...['errors.ts', 'arn/', 'host/', 'config/', 'target/', 'plan/', 'store/', 'aws/'],
    ...['identity/', 'session/', 'role/', 'assumption.ts', 'obtain.ts', 'surroundings.ts'],
    ...['record-plan.ts', 'assume.ts', 'dialect/', 'delivery/', 'fast-path.ts'],
    ...['config-check.ts', 'commands/', 'cli.ts', 'main.ts', 'run.ts', 'start.ts'],
  ];
  const fileOf = (stage: string): string => (stage.endsWith('/') ? `${stage}x.ts` : stage);
  const specifier = (from: string, to: string): string =>
    `${from.endsWith('/') ? '../' : './'}${fileOf(to).replace(/\.ts$/, '.js')}`;

  /** The rules that need no types, as .eslintrc.json has them. */
  async function refusals(path: string, source: string): Promise<string[]> {
    const { parser, plugins, overrides } = readJson(join(ROOT, '.eslintrc.json')) as {
      parser: string;
      plugins: string[];
      overrides: { files: string[] }[];
    };
    const Linter = await loadESLint({ useFlatConfig: false });
    const linter = new Linter({
      cwd: ROOT,
      useEslintrc: false,
      baseConfig: { parser, plugins, parserOptions: { sourceType: 'module' }, overrides },
    });
    const [result] = await linter.lintText(source, { filePath: join(ROOT, 'src', path) });
    return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
  }

  const IMPORTS = '@typescript-eslint/no-restricted-imports';

  /** What a source reaches in whatever way, `import()` and types too: the rule sees statements alone. */
  const imported = (source: string): string[] =>
    ts.preProcessFile(source).importedFiles.map(({ fileName }) => fileName);

  /** Those of a file's imports, dynamic ones included, that the linter would refuse as statements. */
  async function refusedImports(path: string, source: string): Promise<string[]> {
    const specifiers = imported(source);
    const judged = specifiers.map(async (name) => {
      const rules = await refusals(path, `import '${name}';`);
      return rules.includes(IMPORTS) ? [name] : [];
    });
    return (await Promise.all(judged)).flat();
  }

  it.each(STAGES.map((stage, at) => [stage, at] as const))(
    'lets %s import earlier stages and no later one',
    async (stage, at) => {
      // Each on a line of its own; types count as much as values.
      const lines = STAGES.filter((other) => other !== stage).map(
        (other) =>
          `import type { X as X${String(STAGES.indexOf(other))} } from '${specifier(stage, other)}';`,
      );
      const later = STAGES.length - 1 - at;
      expect(await refusals(fileOf(stage), lines.join('\n'))).toEqual(
        Array.from({ length: later }, () => IMPORTS),
      );
    },
  );

  it.each([
    ['plan/x.ts', "import { readFileSync } from 'node:fs';", [IMPORTS]],
    ['commands/x.ts', "import { spawn } from 'node:child_process';", [IMPORTS]],
    ['main.ts', "import { createServer } from 'node:http';", [IMPORTS]],
    ['plan/x.ts', "import { createHash } from 'node:crypto';", []],
    ['host/x.ts', "import { readFileSync } from 'node:fs';", []],
    ['sandbox/x.ts', "import { createServer } from 'node:http';", []],
    ['session/x.ts', "import { STSClient } from '@aws-sdk/client-sts';", [IMPORTS]],
    ['commands/x.ts', "import type { X } from '@smithy/types';", [IMPORTS]],
    ['aws/x.ts', "import { STSClient } from '@aws-sdk/client-sts';", []],
    ['aws/x.ts', "import { request } from 'node:http';", []],
    ['aws/x.ts', "import { readFileSync } from 'node:fs';", [IMPORTS]],
    ['identity/x.ts', "import { request } from 'node:http';", [IMPORTS]],
    ['delivery/x.ts', "import { makePicture } from '../sandbox/picture.js';", [IMPORTS]],
    ['commands/x.ts', "import { makePicture } from '../sandbox/picture.js';", []],
    ['sandbox/x.ts', "import { parseRoleArn } from '../arn/role-arn.js';", []],
    ['sandbox/x.ts', "import { visible } from '../visible.js';", [IMPORTS]],
    ['sandbox/x.ts', "import type { Host } from '../host/host.js';", [IMPORTS]],
    ['plan/x.ts', 'process.exit(1);', ['no-restricted-globals']],
    ['commands/x.ts', "console.log('x');", ['no-restricted-globals']],
    ['delivery/x.ts', "void fetch('http://x');", ['no-restricted-globals']],
    ['host/x.ts', 'process.exit(1);', []],
    ['plan/x.ts', 'export const x = new Date();', ['no-restricted-syntax']],
    ['plan/x.ts', 'export const x = Date.now();', ['no-restricted-syntax']],
    ['plan/x.ts', 'export const x = new Date(0);', []],
    ['host/x.ts', 'export const x = new Date();', []],
  ])('judges in %s: %s', async (path, source, rules) => {
    expect(await refusals(path, source)).toEqual(rules);
  });

  it.each([
    ['plan/x.ts', "const { sts } = await import('../aws/sts.js');", ['../aws/sts.js']],
    ['plan/x.ts', "type Sts = import('../aws/sts.js').Sts;", ['../aws/sts.js']],
    ['plan/x.ts', "const load = () => import('node:fs');", ['node:fs']],
    ['commands/x.ts', "void import('@aws-sdk/client-sts').then(run);", ['@aws-sdk/client-sts']],
    ['assume.ts', "export * from './main.js';", ['./main.js']],
    ['commands/x.ts', "const { obtain } = await import('../obtain.js');", []],
    ['plan/x.ts', 'const text = "import(\'../aws/sts.js\')";', []],
  ])('is asked about every import in %s: %s', async (path, source, refused) => {
    expect(await refusedImports(path, source)).toEqual(refused);
  });

  it('refuses no import of the sources, dynamic ones included', async () => {
    const read = (path: string): string => readFileSync(join(ROOT, 'src', path), 'utf8');
    expect(imported(read('main.ts'))).toContain('./cli.js');
    const judged = SOURCES.map(async (path) => {
      return (await refusedImports(path, read(path))).map((name) => `${path}: ${name}`);
    });
    expect((await Promise.all(judged)).flat()).toEqual([]);
  });
});

describe('the tests', () => {
  it('start the built program by RUNTIME, since it may be a stand-alone executable', () => {
    const byNode = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .filter((path) => {
        const text = readFileSync(join(ROOT, 'test', path), 'utf8');
        return /process\.execPath,\s*\[?\s*ASSUME\b/.test(text);
      });
    expect(byNode).toEqual([]);
  });
});
