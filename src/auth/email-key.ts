/**
 * What an e-mail address is looked up and kept unique by: two spellings of one address differ in
 * case, or in how letters are composed. Upper-casing first folds what lower-casing alone keeps
 * apart, such as ß and ss.
 */
export function emailKey(email: string): string {
  return email.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
}
