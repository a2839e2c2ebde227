/** Style sheets that the build takes into the page's own. */
declare module '*.css'
