import { AwsCliRepeats } from './aws-cli-repeats.js';
import type { AwsFile, AwsSection, AwsValue, SkippedSection } from './aws-file.js';
import type { AwsHeader } from './aws-header.js';
import type { SectionKind, SectionName } from './aws-section-name.js';
import type { Warn } from './aws-warnings.js';
import type { ToleranceName } from './tolerances.js';

/** A section that further lines may add to. */
export interface OpenSection extends AwsSection {
  readonly values: Map<string, AwsValue>;
}

/** One that the SDKs' grammar does not know: it adds nothing to one that it knows. */
interface ToleratedSection {
  readonly section: OpenSection;
  /** Its first header, as it stands between its brackets. */
  readonly header: string;
  readonly row: ToleranceName | null;
}

type Tables<T> = Readonly<Record<SectionKind, Map<string, T>>>;

/** The sections of a file while it is read. */
export class AwsSections {
  readonly repeats = new AwsCliRepeats();
  readonly #file: string;
  readonly #warn: Warn;
  readonly #plain: Tables<OpenSection> = emptyTables();
  readonly #tolerated: Tables<ToleratedSection> = emptyTables();
  readonly #skipped = new Map<string, SkippedSection>();

  constructor(file: string, warn: Warn) {
    this.#file = file;
    this.#warn = warn;
  }

  /** The section that the header begins or takes up again; a throwaway for one that is left out. */
  open(header: AwsHeader, named: SectionName, line: number, column: number): OpenSection {
    const earlierLine = this.repeats.noteHeader(header.asInAwsCli, line);
    if (earlierLine !== null) {
      this.#warn('repeated-section', line, column, { header: header.text, earlierLine });
    }
    const place = { file: this.#file, line, column };
    const section = { name: named.name ?? header.text, ...place, values: new Map() };
    if (named.kind === null) return this.#leaveOut(section, header, named);
    const earlier = this.#find(section.name, named);
    if (!earlier) return this.#add(section, header, named);
    if (earlierLine === null && header.isSeenByAwsCli) {
      const about = { header: header.text, earlierLine: earlier.line };
      this.#warn('respelled-section', line, column, about);
    }
    return earlier;
  }

  end(): Omit<AwsFile, 'warnings'> {
    this.#chooseDefault();
    return {
      profiles: this.#settle('profile'),
      ssoSessions: this.#settle('sso-session'),
      services: this.#settle('services'),
      skipped: [...this.#skipped.values()],
    };
  }

  #find(name: string, { kind, isTolerated }: SectionName): OpenSection | undefined {
    if (kind === null) return undefined;
    return isTolerated ? this.#tolerated[kind].get(name)?.section : this.#plain[kind].get(name);
  }

  #add(section: OpenSection, { text }: AwsHeader, named: SectionName): OpenSection {
    const { kind, isTolerated, row } = named;
    if (kind === null) return section;
    if (isTolerated) this.#tolerated[kind].set(section.name, { section, header: text, row });
    else this.#plain[kind].set(section.name, section);
    return section;
  }

  #leaveOut(section: OpenSection, { text }: AwsHeader, { name, row }: SectionName): OpenSection {
    const { file, line } = section;
    if (row !== null && !this.#skipped.has(text)) {
      this.#skipped.set(text, { header: text, name, file, line, row });
    }
    return section;
  }

  /** `[profile default]` beats a bare `[default]` wholesale, whatever the order. */
  #chooseDefault(): void {
    const bare = this.#plain.bareDefault.get('default');
    if (!bare) return;
    const typed = this.#plain.profile.get('default');
    if (!typed) this.#plain.profile.set('default', bare);
    else {
      const row = bare.line > typed.line ? 'default-twice-last' : 'default-twice';
      this.#warnOfTwo(row, { section: bare, header: bare.name }, typed);
    }
  }

  /** In the order of the file. */
  #settle(kind: SectionKind): ReadonlyMap<string, AwsSection> {
    const plain = this.#plain[kind];
    const sections = [...plain.values()];
    for (const tolerated of this.#tolerated[kind].values()) {
      const known = plain.get(tolerated.section.name);
      const row = tolerated.row === 'misspelt-type' ? 'shadowed-type' : 'shadowed-name';
      if (known) this.#warnOfTwo(row, tolerated, known);
      else sections.push(tolerated.section);
    }
    sections.sort((a, b) => a.line - b.line);
    return new Map(sections.map((section) => [section.name, section]));
  }

  #warnOfTwo(
    row: ToleranceName,
    { section, header }: Omit<ToleratedSection, 'row'>,
    other: OpenSection,
  ): void {
    this.#warn(row, section.line, section.column, { header, earlierLine: other.line });
  }
}

function emptyTables<T>(): Tables<T> {
  return {
    profile: new Map<string, T>(),
    'sso-session': new Map<string, T>(),
    services: new Map<string, T>(),
    bareDefault: new Map<string, T>(),
  };
}
