/** The words of a page, made by Django in its language: `{name}` stands for what is said, a pair for one and several. */

export type Told = Record<string, string | number>;

export class Words {
  readonly #plural: Intl.PluralRules;

  constructor(
    private readonly words: Record<string, string | [string, string]>,
    language = "it",
  ) {
    this.#plural = new Intl.PluralRules(language);
  }

  /** A word with what it tells; of a pair, the one that fits `n`. */
  say(key: string, told: Told = {}): string {
    const found = this.words[key] ?? key;
    const words =
      typeof found === "string" ? found : found[this.#plural.select(Number(told.n)) === "one" ? 0 : 1];
    return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(told[name] ?? whole));
  }
}
