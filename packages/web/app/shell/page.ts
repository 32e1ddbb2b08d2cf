import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Role } from '../api/session.ts';
import type { Language } from '../texts/texts.ts';

/** Where in the navigation a page stands. */
export const groups = ['faces', 'training', 'learning', 'service'] as const;
export type Group = (typeof groups)[number];

/** A page: what the shell knows of it before it is opened. */
export interface Page {
  /** Its address, and the beginning of those of its states: `/people`, `/people/Ada`. */
  path: `/${string}`;
  title: Record<Language, string>;
  icon: LucideIcon;
  group: Group;
  /** The role a key needs; to others the page is not there. */
  role: Role;
  /** Loads it when it is first opened: its component is the default export. */
  load(): Promise<{ default: ComponentType }>;
}
