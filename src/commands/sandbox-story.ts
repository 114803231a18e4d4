import type { ChildEnd, Host } from '../host/host.js';
import type { RecordedRequest } from '../sandbox/recorded-request.js';
import type { Sandbox } from '../sandbox/server.js';
import { totpCode } from '../sandbox/totp.js';
import { visible } from '../visible.js';
import type { SandboxHome } from './sandbox-home.js';

interface Scene {
  readonly title: string;
  readonly words: readonly string[];
  /** Whose code is typed, if one is asked. */
  readonly codeOf?: string;
}

const SCENES: readonly Scene[] = [
  { title: 'Who am I?', words: ['whoami'] },
  { title: 'Where can I go?', words: ['list', '--names'] },
  {
    title: 'To production, which demands MFA: one code.',
    words: ['exec', 'production/prod-role', '--', 'assume', 'whoami'],
    codeOf: 'jane.doe',
  },
  {
    title: 'A second role: no code.',
    words: ['exec', 'staging/staging-role', '--', 'assume', 'whoami'],
  },
  {
    title: 'The first one again: AWS is not even asked for it.',
    words: ['credential-process', 'production/prod-role'],
  },
  {
    title: 'John is a developer. He may not go there, whatever his code.',
    words: ['exec', 'production/prod-role', '--identity', 'john.doe', '--', 'assume', 'whoami'],
    codeOf: 'john.doe',
  },
];

/**
 * Plays the story of the picture through the program itself: each command is run as typed, and what
 * is told of AWS is counted from the requests it received.
 */
export async function playStory(
  sandbox: Sandbox,
  home: SandboxHome,
  host: Host,
): Promise<ChildEnd> {
  const [execPath, script] = host.self;
  for (const scene of SCENES) {
    host.stdout(`\n# ${scene.title}\n$ assume ${scene.words.join(' ')}\n`);
    const before = sandbox.requests.length;
    const hidesSecrets = scene.words[0] === 'credential-process';
    const args = [script, ...scene.words, '--quiet'];
    const env = { ...home.env, ...codeFor(scene, sandbox, host) };
    const end = await runScene(host, execPath, hidesSecrets, args, env);
    host.stdout(summary(end, sandbox.requests.slice(before)));
  }
  return { status: 0 };
}
