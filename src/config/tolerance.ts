/** Who else reads AWS's files. The AWS CLI and boto3 share their reader, botocore. */
export type Reader = 'botocore' | 'js' | 'go' | 'java';

/** What readers do with a value that they have read as we do: the rest of a sentence. */
export type UseEffect =
  | 'fail for a profile that uses it'
  | 'refuse the profile'
  | 'pass over it'
  | 'read its first digits alone'
  | 'send it as it is, which STS refuses';

/** What readers do with a file or a line that we read otherwise: the rest of a sentence. */
export type Effect =
  | UseEffect
  | 'refuse the whole file'
  | 'do not see it'
  | 'take its properties for those of the section above'
  | 'give its properties to every section'
  | 'read it all the same'
  | 'read it instead'
  | 'read the last of the two alone'
  | 'take all of it for the name'
  | 'take it for a part of the value'
  | 'cut the name at the colon'
  | 'cut it off'
  | 'take them away'
  | 'leave it out of the value'
  | 'take it for a header'
  | 'take it for a property'
  | 'take it for nothing, or for the head of indented lines below'
  | 'read it and the next as one line'
  | 'read it into the line, if at all'
  | 'read it into the value, if at all';

/** Something that readers of AWS's files take in different ways. */
export interface Tolerance {
  /** What stands there; a header's warning names the header before it. */
  readonly found: string;
  /** Those who read it otherwise than we do. The rest read it as we do. */
  readonly readers: Readonly<Partial<Record<Reader, Effect>>>;
  /** What to write, so that everyone reads the same. */
  readonly instead: string;
}
