/** A style sheet as text, for sheets that are made in a script: a strict policy allows those. */
declare module '*.css?inline' {
  const text: string
  export default text
}
