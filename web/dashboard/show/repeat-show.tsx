import { useState } from 'preact/hooks'
import type { Show } from '../../../src/protocol/index.ts'
import { hrefOf } from '../address/routes.ts'
import { client } from '../api/client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { dayAndTime, plural } from '../time/format.ts'
import { fromWallTime, ownTimeZone, toWallTime } from '../time/zoned-time.ts'
import { keyOnDate } from './key-on-date.ts'

/** Dialog that repeats a show on other dates: on the same seats and terms. */
export function RepeatShow({ show, timeZone }: { show: Show; timeZone: string | null }) {
  const [isOpen, open] = useState(false)
  return (
    <section class="card danger">
      <div>
        <h3>Repeat the show</h3>
        <p class="quiet">On other dates, with the same seats and the same terms.</p>
      </div>
      <button type="button" class="button" onClick={() => open(true)}>
        Repeat…
      </button>
      {isOpen && <RepeatDialog show={show} timeZone={timeZone} onClose={() => open(false)} />}
    </section>
  )
}

function RepeatDialog(props: { show: Show; timeZone: string | null; onClose: () => void }) {
  const { show, timeZone, onClose } = props
  const first = toWallTime(show.startsAt, timeZone)
  const [walls, setWalls] = useState<readonly string[]>([first])
  const [made, setMade] = useState<readonly Show[] | null>(null)
  const dates = walls.map((wall) => ({
    startsAt: fromWallTime(wall, timeZone),
    key: keyOnDate(show.key, first, wall),
  }))
  const isReady =
    dates.every(({ startsAt, key }) => startsAt !== null && key !== show.key) &&
    new Set(dates.map(({ key }) => key)).size === dates.length
  const submit = async () => {
    const shows = dates.map(({ startsAt, key }) => ({ startsAt: startsAt ?? '', key }))
    setMade((await client.value.repeatShow(show.key, { shows })).items)
  }
  if (made !== null) return <Made shows={made} timeZone={timeZone} onClose={onClose} />
  return (
    <FormDialog
      title={`Repeat ${show.title}`}
      action={`Create ${plural(dates.length, 'show')}`}
      isReady={isReady}
      submit={submit}
      onClose={onClose}
    >
      {walls.map((wall, index) => (
        <TextField
          key={index}
          label={`Date ${index + 1}`}
          type="datetime-local"
          value={wall}
          hint={`${dates[index]?.key} · time in ${timeZone ?? ownTimeZone()}`}
          wrong={dates[index]?.key === show.key ? 'Choose a date other than the show’s own.' : null}
          onInput={(value) => setWalls(walls.with(index, value))}
        />
      ))}
      <button
        type="button"
        class="button is-small"
        onClick={() => setWalls([...walls, dayAfter(walls.at(-1) ?? first)])}
      >
        One more date
      </button>
    </FormDialog>
  )
}

function dayAfter(wall: string): string {
  const next = Date.parse(`${wall}:00Z`) + 86_400_000
  return Number.isNaN(next) ? wall : new Date(next).toISOString().slice(0, 16)
}

function Made(props: { shows: readonly Show[]; timeZone: string | null; onClose: () => void }) {
  const { shows, timeZone, onClose } = props
  return (
    <Dialog title={`${plural(shows.length, 'show')} created`} onClose={onClose}>
      <ul>
        {shows.map(({ key, startsAt }) => (
          <li key={key}>
            <a href={hrefOf({ page: 'show', show: key, tab: 'seats' })}>
              {dayAndTime(Date.parse(startsAt), timeZone ?? undefined)}
            </a>
          </li>
        ))}
      </ul>
      <div class="dialog-actions">
        <button type="button" class="button is-primary" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  )
}
