/** What has to be on the machine before something of ours works. */
export interface Need {
  name: string;
  /** What is there, in a few words; null where it is missing. */
  find(env: Readonly<Record<string, string | undefined>>): Promise<string | null>;
  /** Debian's and Ubuntu's packages that bring it. */
  debian: readonly string[];
  /** Where such a package puts a program that is taken out of it alone: installing it would start a service, or is large. */
  takeOut?: string;
  /** What to do where those packages do not exist. */
  otherwise: string;
  /** What is lost without it, where setting up may go on nevertheless. */
  without?: string;
}
