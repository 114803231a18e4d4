import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const DIST = join(import.meta.dirname, '../dist');
const CHUNKS = readdirSync(DIST).filter((name) => name.endsWith('.cjs'));

/** The chunks that hold a text which the named code alone has. */
function holding(text: string): string[] {
  return CHUNKS.filter((name) => readFileSync(join(DIST, name), 'utf8').includes(text)).sort();
}

describe('the chunks of the program', () => {
  it.each([
    ["STS's client", 'AWSSecurityTokenServiceV20110615', ['aws-sts-client.cjs']],
    ["IAM's client", 'AWSIdentityManagementV20100508', ['aws-iam-client.cjs']],
    ["the portal's client", 'SWBPortalService', ['aws-sso-portal.cjs']],
    ["OIDC's client", 'AWSSSOOIDCService', ['aws-sso-oidc.cjs']],
    [
      'the base of all clients',
      'middlewareStack.use',
      [
        'aws-iam-client.cjs',
        'aws-signin.cjs',
        'aws-sso-oidc.cjs',
        'aws-sso-portal.cjs',
        'aws-sts-client.cjs',
      ],
    ],
    ['inquirer', 'User force closed the prompt', ['host-question.cjs']],
  ])('hold %s in one place', (_, text, chunks) => {
    expect(holding(text)).toEqual(chunks);
  });

  it('need nothing that is not built in, but the native module', () => {
    const required = CHUNKS.flatMap((name) => {
      const text = readFileSync(join(DIST, name), 'utf8');
      return [...text.matchAll(/(?<!\[)\brequire\("([^".][^"]*)"\)/g)].map(
        ([, module = '']) => module,
      );
    });
    expect(required).toContain('node:path');
    expect([...new Set(required.filter((module) => !isBuiltin(module)))]).toEqual([
      '@napi-rs/keyring',
    ]);
  });

  it("leave out the SDK's own search for credentials", () => {
    expect(holding('Could not load credentials from any providers')).toEqual([]);
  });

  /** Measured, and some room. What grows past it has most likely bundled a client again. */
  it('are small', () => {
    const sizeOf = (name: string): number => statSync(join(DIST, name)).size;
    const clients = /^aws-.*\.cjs$/;
    expect(CHUNKS.filter((name) => sizeOf(name) > (clients.test(name) ? 420e3 : 180e3))).toEqual(
      [],
    );
    const most = { start: 6, run: 36, cli: 80, 'host-question': 40, 'aws-sts-client': 350 };
    for (const [name, kilobytes] of Object.entries(most)) {
      expect(`${name} ${String(sizeOf(`${name}.cjs`) <= kilobytes * 1024)}`).toBe(`${name} true`);
    }
  });
});
