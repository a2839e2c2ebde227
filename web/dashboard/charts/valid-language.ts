/*
 * A browser that was started under LANG=C says that its language is `en-US@posix`. That is none,
 * and uPlot, which asks for it when it is loaded, stops there: no chart would be drawn.
 */
try {
  Intl.getCanonicalLocales(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US', configurable: true })
}
