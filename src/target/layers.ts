import type { AssumeSection, Located } from '../config/assume-file.js';
import type { SettingTypes } from '../config/assume-schema.js';
import type { Config } from '../config/config.js';
import { fromFile, type Given } from './target.js';

/** The sections of assume's own file that speak about one target, the nearest first. */
export type Layers = readonly (AssumeSection | null | undefined)[];

type Key = keyof SettingTypes;

/** The nearest section's value; `null` when none has one. */
export function nearest<K extends Key>(layers: Layers, key: K): Given<SettingTypes[K]> | null {
  return every(layers, key)[0] ?? null;
}

/** Every section's value, the nearest first. */
export function every<K extends Key>(layers: Layers, key: K): Given<SettingTypes[K]>[] {
  return layers.flatMap((section) => {
    const located = section?.values[key];
    return located ? [given(key, located)] : [];
  });
}

/** The least of all sections' values: for limits that no file may loosen. */
export function least(layers: Layers, key: 'mfaMaxAge' | 'duration'): Given<number> | null {
  return every(layers, key).reduce<Given<number> | null>(
    (lowest, next) => (lowest === null || next.value < lowest.value ? next : lowest),
    null,
  );
}

/** The first section that says so: for safeguards that no file may lift. */
export function demanded(
  layers: Layers,
  key: 'protected' | 'reason' | 'cache',
  demand: boolean,
): Given<boolean> | null {
  return every(layers, key).find((value) => value.value === demand) ?? null;
}

/** A value of assume's file with the place it stands at. */
export function given<T>(key: string, located: Located<T>): Given<T> {
  return { value: located.value, origin: fromFile(asWritten(key), located) };
}

/** The key as the file has it: `mfaMaxAge` is `mfa_max_age`. */
function asWritten(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The `[settings]` section; `null` when there is none. */
export function settingsOf(config: Config): AssumeSection | null {
  return config.assume.index.settings;
}
