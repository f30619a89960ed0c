/** In place of that of `host/language.ts`: the client sends the texts of its language before the protocol begins. */
export function useLanguage(): void {}
