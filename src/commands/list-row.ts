import type { ListedTarget } from '../target/listed-target.js';

/** A target as `list` shows it. */
export interface ListRow {
  readonly entry: ListedTarget;
  /** Until when credentials of it are cached; `null` when none are. */
  readonly expiration: Date | null;
}
