import type { PosterSettings } from './post.ts'
import type { Poster } from './poster.ts'

/** Loads what sends events, which the thread that sells never takes: 12 MB, and 60 ms. */
export async function openPoster(settings: PosterSettings): Promise<Poster> {
  const { Poster } = await import('./poster.ts')
  return new Poster(settings)
}
