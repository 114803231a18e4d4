import type { Host } from '../host/host.js';

/** A program that shows a page, and the words before the page's address. */
export interface Browser {
  readonly command: string;
  readonly words: readonly string[];
  /** It runs on this machine, so that a page can send it back to us. */
  readonly isHere: boolean;
}

/**
 * What opens pages for the person at this terminal: `$BROWSER`, else the desktop's own opener; `null`
 * where no desktop is.
 */
export function findBrowser(host: Host): Browser | null {
  const isHere = !host.env['SSH_CONNECTION'] && !host.env['SSH_TTY'];
  const [command, ...words] = namedBrowser(host) ?? (isHere ? desktopOpener(host) : []);
  if (command === undefined || host.files.which(command) === null) return null;
  return { command, words, isHere };
}

/** Opens the page, as one word that no shell sees. That it fails is no error: the address is shown. */
export async function openPage(host: Host, browser: Browser, page: URL): Promise<void> {
  const { command, words } = browser;
  const named = words.map((word) => word.replaceAll('%s', page.href));
  const hasPlace = words.some((word) => word.includes('%s'));
  await host.processes.launch(command, hasPlace ? named : [...words, page.href]);
}

/** The first of the list that is there; each may have words of its own, and `%s` for the address. */
function namedBrowser({ env, files, platform }: Host): string[] | null {
  const list = env['BROWSER']?.split(platform === 'win32' ? ';' : ':') ?? [];
  const commands = list.map((command) => command.split(/\s+/).filter(Boolean));
  return commands.find(([program]) => program !== undefined && files.which(program)) ?? null;
}

function desktopOpener({ env, platform }: Host): string[] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  if (env['WSL_DISTRO_NAME']) return ['wslview'];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : [];
}
