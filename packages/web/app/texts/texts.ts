import { createContext, use } from 'react';

/** The languages of the page, as browsers and `lang` name them. */
export const languages = { en: 'English', zh: '中文' } as const;
export type Language = keyof typeof languages;

/** What a message is given: a count, a name. */
type Say = (...values: never[]) => string;
/** A message in every language; one that is missing is an error of types, and fails the build. */
export type Text = Record<Language, string | Say>;

type InOne<T extends Text> = T['en'] extends Say ? T['en'] : string;
/** A catalogue in one language. */
export type InLanguage<C extends Record<string, Text>> = { readonly [Key in keyof C]: InOne<C[Key]> };

/** Both languages of a message are of one kind and take the same values. */
type Matching<C extends Record<string, Text>> = {
  [Key in keyof C]: C[Key]['en'] extends Say
    ? { en: C[Key]['en']; zh: C[Key]['en'] }
    : Record<Language, string>;
};

/** Every catalogue there is, for the test that reads them all. */
export const catalogues: Record<string, Text>[] = [];

/**
 * Part of the catalogue of messages: those of one room of the page, each in every language.
 *
 * @example
 * ```ts
 * const texts = defineTexts({
 *   erase: { en: 'Erase', zh: '删除' },
 *   faces: { en: (count: number) => `${count} faces`, zh: (count: number) => `${count} 张人脸` },
 * });
 * // in a component
 * const t = useTexts(texts);
 * t.faces(3);
 * ```
 */
export function defineTexts<const C extends Record<string, Text>>(catalogue: C & Matching<C>): C {
  catalogues.push(catalogue);
  return catalogue;
}

export const LanguageContext = createContext<Language>('en');

export const useLanguage = (): Language => use(LanguageContext);

/** The messages of a catalogue in the language of the page. */
export function useTexts<C extends Record<string, Text>>(catalogue: C): InLanguage<C> {
  const language = useLanguage();
  return inLanguage(catalogue, language);
}

const made = new WeakMap<object, Map<Language, object>>();

function inLanguage<C extends Record<string, Text>>(catalogue: C, language: Language): InLanguage<C> {
  const known = made.get(catalogue) ?? new Map<Language, object>();
  made.set(catalogue, known);
  let one = known.get(language);
  if (one === undefined) {
    one = Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, text[language]]));
    known.set(language, one);
  }
  return one as InLanguage<C>;
}

/** A count with its noun in English, which has two forms. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
