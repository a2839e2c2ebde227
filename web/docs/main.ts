/** Script of a page of the documentation. Without it, everything is there. */
import { addCopyButtons } from './copy.ts'
import { addSearch } from './search.ts'
import { addTryIt } from './try-it.ts'

addSearch()
addCopyButtons()
addTryIt()

const side = document.querySelector<HTMLDetailsElement>('details.side')
if (side !== null && matchMedia('(max-width: 60rem)').matches) side.open = false
document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest' })
for (const image of document.querySelectorAll<HTMLImageElement>('article img')) {
  // The package comes without pictures. One that is missing may have been so before this script.
  if (image.complete && image.naturalWidth === 0) image.remove()
  else image.addEventListener('error', () => image.remove())
}
