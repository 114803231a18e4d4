import type { CatalogueEntry } from '../target/catalogue.js';

/** A target as `list` shows it. */
export interface ListRow {
  readonly entry: CatalogueEntry;
  /** Until when credentials of it are cached; `null` when none are. */
  readonly expiration: Date | null;
}
