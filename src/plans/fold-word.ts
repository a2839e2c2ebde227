/** A word as it is compared: without capitals and accents. Turkish has an i without a dot. */
export function foldWord(word: string): string {
  const bare = word.normalize('NFKD').replace(/\p{Mn}/gu, '')
  return bare.normalize('NFKC').toLowerCase().replaceAll('ı', 'i')
}
