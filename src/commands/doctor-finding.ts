/** One thing that was looked at. */
export interface Finding {
  readonly topic: string;
  /** `wrong` keeps assume from working; `odd` may surprise. */
  readonly state: 'good' | 'odd' | 'wrong';
  readonly text: string;
  /** What to type or change; `null` when nothing is to be done. */
  readonly advice: string | null;
}
