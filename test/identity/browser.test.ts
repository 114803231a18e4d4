import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/host/host.js';
import { findBrowser, openPage } from '../../src/identity/browser.js';
import { fakeHost } from '../support/fake-host.js';

const NAMES = ['xdg-open', 'wslview', 'open', 'rundll32', 'firefox', '/opt/helper'];
const ALL = Object.fromEntries(NAMES.map((name) => [name, `/bin/${name}`]));
const PAGE = new URL('https://x.example/?a=1&b=$(touch%20x)');

type Found = readonly [words: readonly string[], isHere: boolean] | null;

describe('a browser', () => {
  it.each<[NodeJS.Platform, Environment, Found]>([
    ['linux', { DISPLAY: ':0' }, [['xdg-open', PAGE.href], true]],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, [['xdg-open', PAGE.href], true]],
    ['linux', {}, null],
    ['linux', { WSL_DISTRO_NAME: 'Ubuntu' }, [['wslview', PAGE.href], true]],
    ['linux', { DISPLAY: ':0', SSH_CONNECTION: '1 2 3 4' }, null],
    ['linux', { DISPLAY: ':0', SSH_TTY: '/dev/pts/1' }, null],
    ['linux', { BROWSER: 'firefox' }, [['firefox', PAGE.href], true]],
    [
      'linux',
      { BROWSER: 'firefox --private %s end' },
      [['firefox', '--private', PAGE.href, 'end'], true],
    ],
    ['linux', { BROWSER: 'absent:firefox:xdg-open' }, [['firefox', PAGE.href], true]],
    ['linux', { BROWSER: 'absent', DISPLAY: ':0' }, [['xdg-open', PAGE.href], true]],
    ['linux', { BROWSER: '', DISPLAY: ':0' }, [['xdg-open', PAGE.href], true]],
    [
      'linux',
      { BROWSER: '/opt/helper', SSH_TTY: '/dev/pts/1' },
      [['/opt/helper', PAGE.href], false],
    ],
    ['darwin', {}, [['open', PAGE.href], true]],
    ['darwin', { SSH_TTY: '/dev/ttys001' }, null],
    ['win32', {}, [['rundll32', 'url.dll,FileProtocolHandler', PAGE.href], true]],
  ])('on %s with %j is %j', async (platform, env, expected) => {
    const host = fakeHost({ platform, env, programs: ALL });
    const browser = findBrowser(host);
    if (browser) await openPage(host, browser, PAGE);
    expect(host.launched).toEqual(expected === null ? [] : [expected[0]]);
    expect(browser?.isHere).toBe(expected?.[1]);
  });

  it('is none where the opener is not installed', () => {
    expect(findBrowser(fakeHost({ env: { DISPLAY: ':0' } }))).toBeNull();
  });
});
