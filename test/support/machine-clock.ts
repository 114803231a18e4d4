import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preload, type Preload } from './preload.js';
import type { TempHome } from './temp-home.js';

/** The clock of the machine that the built program runs on, which may differ from AWS's. */
export interface MachineClock {
  /** For the processes that are to see it. */
  readonly env: Preload;
  /** Sets it that many minutes after the true time; running processes see it at once. */
  set(minutes: number): void;
}

/** Makes one that is right. */
export function makeMachineClock(home: TempHome): MachineClock {
  const file = join(home.path, 'machine-clock');
  const set = (minutes: number): void => {
    writeFileSync(file, String(minutes * 60_000));
  };
  set(0);
  const text = `const { readFileSync } = require('node:fs');
const True = Date;
globalThis.Date = class Date extends True {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(Date.now());
  }
  static now() {
    return True.now() + Number(readFileSync(${JSON.stringify(file)}, 'latin1'));
  }
};
`;
  return { env: preload(home, 'machine-clock', text), set };
}
