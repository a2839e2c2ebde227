/**
 * Folds an e-mail address to the form that is looked up and unique: two spellings of one address
 * differ in case, or in how letters are composed. Upper-casing first folds what lower-casing alone
 * keeps apart, such as ß and ss.
 */
export function emailKey(email: string): string {
  return email.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
}
