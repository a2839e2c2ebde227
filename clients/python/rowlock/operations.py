# Made from openapi.json by `npm run clients`: change the contract.
"""Every operation of the API under its name."""

from __future__ import annotations

from typing import Any, Literal, Union

from . import types
from .caller import Caller
from .pages import Pages


class Operations:
    """Every operation of the API. All raise `RowlockError` for a refusal."""

    _caller: Caller

    def create_webhook(
        self,
        body: types.CreateWebhookBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.WebhookWithSecret:
        """
        Create a webhook.

        Every event is sent to `url` as a signed POST (Standard Webhooks): `hold.created`,
        `booking.created` and so on, of all shows or some. You see the `secret` that signs
        them only in this answer. Everything that happens from now on is delivered at least
        once.

        Needs an operator or an API key with the scope webhooks.
        """
        return self._caller.send(
            "POST",
            "/v1/webhooks",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_webhooks(
        self,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Pages[types.Webhook]:
        """
        List webhooks.

        A partner sees its own.

        Needs an operator or an API key with the scope webhooks.

        limit: The most items a page may have.
        """
        return self._caller.pages(
            "GET",
            "/v1/webhooks",
            [],
            query={"limit": limit},
            timeout=timeout,
        )

    def get_webhook(
        self,
        webhook: str,
        *,
        timeout: float | None = None,
    ) -> types.Webhook:
        """
        Get a webhook.

        Needs an operator or an API key with the scope webhooks.
        """
        return self._caller.send(
            "GET",
            "/v1/webhooks/{webhook}",
            [webhook],
            timeout=timeout,
        )

    def change_webhook(
        self,
        webhook: str,
        body: types.ChangeWebhookBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Webhook:
        """
        Change, disable or enable a webhook.

        While it is disabled, nothing is sent; enabled again, it resumes where it stopped.
        Repeating the call has the same effect.

        Needs an operator or an API key with the scope webhooks.
        """
        return self._caller.send(
            "PATCH",
            "/v1/webhooks/{webhook}",
            [webhook],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def delete_webhook(
        self,
        webhook: str,
        body: types.DeleteWebhookBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Webhook:
        """
        Delete a webhook.

        Returns the webhook as it was. Events waiting for it are dropped.

        Needs an operator or an API key with the scope webhooks.
        """
        return self._caller.send(
            "POST",
            "/v1/webhooks/{webhook}/delete",
            [webhook],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def rotate_webhook_secret(
        self,
        webhook: str,
        body: types.RotateWebhookSecretBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.WebhookWithSecret:
        """
        Give a webhook a new secret.

        For `overlapSeconds` (a day by default), each delivery is signed with both secrets,
        so that you can switch without a gap.

        Needs an operator or an API key with the scope webhooks.
        """
        return self._caller.send(
            "POST",
            "/v1/webhooks/{webhook}/rotate",
            [webhook],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_webhook_deliveries(
        self,
        webhook: str,
        *,
        limit: int | None = None,
        state: Literal["waiting", "delivered", "failed"] | None = None,
        timeout: float | None = None,
    ) -> Pages[types.WebhookDelivery]:
        """
        List deliveries of a webhook.

        Those that failed and will be retried, those that were given up, and the latest that
        arrived.

        Needs an operator or an API key with the scope webhooks.

        limit: The most items a page may have.
        state: Only deliveries in this state.
        """
        return self._caller.pages(
            "GET",
            "/v1/webhooks/{webhook}/deliveries",
            [webhook],
            query={"limit": limit, "state": state},
            timeout=timeout,
        )

    def replay_webhook(
        self,
        webhook: str,
        body: types.ReplayWebhookBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Webhook:
        """
        Deliver events of a show again.

        Everything after a version, in order. Receivers recognise duplicates by
        `webhook-id`.

        Needs an operator or an API key with the scope webhooks.
        """
        return self._caller.send(
            "POST",
            "/v1/webhooks/{webhook}/replay",
            [webhook],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def test_webhook(
        self,
        webhook: str,
        body: types.TestWebhookBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.WebhookDelivery:
        """
        Send a test event.

        Sends a signed `webhook.test` now, and returns the response.

        Needs an operator or an API key with the scope webhooks.
        """
        return self._caller.send(
            "POST",
            "/v1/webhooks/{webhook}/test",
            [webhook],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_events(
        self,
        show: str,
        *,
        after: str | None = None,
        wait: int | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> types.EventPage:
        """
        List events of a show, or wait for some.

        The same events that webhooks are sent, for systems that would rather poll. Pass the
        `after` of the previous page, and `wait` to get an answer as soon as something
        happens. An `after` from a history that a restore of the database has undone is
        refused.

        Needs the box office, an operator or an API key with the scope webhooks.

        after: The `after` of the page before, or a version from before any restore of the
        database. From the beginning when left out.
        wait: Seconds to wait for an event when there is none.
        limit: The most events to return.
        """
        return self._caller.send(
            "GET",
            "/v1/shows/{show}/events",
            [show],
            query={"after": after, "wait": wait, "limit": limit},
            timeout=timeout,
        )

    def create_venue(
        self,
        body: types.CreateVenueBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Venue:
        """
        Create a venue.

        Needs an operator or an API key with the scope catalogue.
        """
        return self._caller.send(
            "POST",
            "/v1/venues",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_venues(
        self,
        *,
        limit: int | None = None,
        retired: Literal["true", "false", "all"] | None = None,
        timeout: float | None = None,
    ) -> Pages[types.Venue]:
        """
        List venues.

        In the order of their ids. Retired ones only if you ask for them.

        limit: The most items a page may have.
        retired: Retired venues, those that are not (the default), or all.
        """
        return self._caller.pages(
            "GET",
            "/v1/venues",
            [],
            query={"limit": limit, "retired": retired},
            timeout=timeout,
        )

    def get_venue(
        self,
        venue: str,
        *,
        timeout: float | None = None,
    ) -> types.Venue:
        """Get a venue."""
        return self._caller.send(
            "GET",
            "/v1/venues/{venue}",
            [venue],
            timeout=timeout,
        )

    def change_venue(
        self,
        venue: str,
        body: types.ChangeVenueBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Venue:
        """
        Rename a venue, change its time zone, or retire it.

        Only the fields you send change. With a new time zone, shows still start at the same
        instant. A retired venue takes no new plans or shows; its shows carry on.

        Needs an operator or an API key with the scope catalogue.
        """
        return self._caller.send(
            "PATCH",
            "/v1/venues/{venue}",
            [venue],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_plans(
        self,
        venue: str,
        *,
        limit: int | None = None,
        retired: Literal["true", "false", "all"] | None = None,
        timeout: float | None = None,
    ) -> Pages[types.PlanOverview]:
        """
        List the plans of a venue.

        In the order in which they were created. Retired ones only if you ask for them.

        limit: The most items a page may have.
        retired: Retired plans, those that are not (the default), or all.
        """
        return self._caller.pages(
            "GET",
            "/v1/venues/{venue}/plans",
            [venue],
            query={"limit": limit, "retired": retired},
            timeout=timeout,
        )

    def create_plan(
        self,
        venue: str,
        body: types.CreatePlanBody,
        *,
        name: str | None = None,
        ignore_unknown_columns: bool | None = None,
        focal_point: Literal["top", "right", "bottom", "left"] | None = None,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.CreatedPlan:
        """
        Create a plan.

        From a grid, our own JSON, CSV, a pretix seating plan or a seats.io drawing.
        `source` is the document itself; if you leave out its format, it is detected. You
        can also send a CSV file as it is, as `text/csv`. All or nothing: a refusal lists
        every mistake and where it is. The answer says what was understood, and warns of
        anything that may not be intended.

        Needs an operator or an API key with the scope catalogue.

        name: The name of the plan, where the body has no room for it.
        ignore_unknown_columns: `text/csv`: ignore unknown columns, with a warning.
        focal_point: `text/csv`: the side of the stage.
        """
        return self._caller.send(
            "POST",
            "/v1/venues/{venue}/plans",
            [venue],
            query={"name": name, "ignoreUnknownColumns": ignore_unknown_columns, "focalPoint": focal_point},
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def change_plan(
        self,
        plan: str,
        body: types.ChangePlanBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Plan:
        """
        Rename a plan, or retire it.

        A retired plan takes no new shows; its existing shows carry on. Its seats never
        change: to change them, create another plan.

        Needs an operator or an API key with the scope catalogue.
        """
        return self._caller.send(
            "PATCH",
            "/v1/plans/{plan}",
            [plan],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def get_plan(
        self,
        plan: str,
        *,
        timeout: float | None = None,
    ) -> Union[types.Plan, dict[str, Any]]:
        """
        Get a plan, or export it.

        Without a format: a summary of the plan. With one: the whole plan as a file, for
        callers with credentials. `rowlock` loses nothing; `csv` and `pretix` lose what
        those formats cannot express. In `csv`, cells that a spreadsheet would run as
        formulas begin with `'`, which our importer removes again.
        """
        return self._caller.send(
            "GET",
            "/v1/plans/{plan}",
            [plan],
            timeout=timeout,
        )

    def create_show(
        self,
        body: types.CreateShowBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.CreatedShow:
        """
        Create a show.

        On a venue's plan, or with seats of its own: a grid or a list of labels. Creating
        the same show again is fine; another show under the same key is refused.

        Needs an operator or an API key with the scope catalogue.
        """
        return self._caller.send(
            "POST",
            "/v1/shows",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_shows(
        self,
        *,
        limit: int | None = None,
        venue: str | None = None,
        starts_after: str | None = None,
        starts_before: str | None = None,
        archived: Literal["true", "false", "all"] | None = None,
        timeout: float | None = None,
    ) -> Pages[types.Show]:
        """
        List shows.

        In the order in which they start. Archived ones only if you ask for them.

        limit: The most items a page may have.
        venue: Only shows at the venue with this id.
        starts_after: Only shows that start at this instant or later.
        starts_before: Only shows that start before this instant.
        archived: Shows that are archived, those that are not, or all of them.
        """
        return self._caller.pages(
            "GET",
            "/v1/shows",
            [],
            query={"limit": limit, "venue": venue, "startsAfter": starts_after, "startsBefore": starts_before, "archived": archived},
            timeout=timeout,
        )

    def change_show(
        self,
        show: str,
        body: types.ChangeShowBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Show:
        """
        Change the terms of a show, cancel or archive it.

        Only the fields you send change. Existing holds keep their time.

        Needs an operator or an API key with the scope catalogue.
        """
        return self._caller.send(
            "PATCH",
            "/v1/shows/{show}",
            [show],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def get_show(
        self,
        show: str,
        *,
        timeout: float | None = None,
    ) -> types.Show:
        """Get a show."""
        return self._caller.send(
            "GET",
            "/v1/shows/{show}",
            [show],
            timeout=timeout,
        )

    def repeat_show(
        self,
        show: str,
        body: types.RepeatShowBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.RepeatedShows:
        """
        Repeat a show on other dates.

        Creates shows on the same plan (or a copy of its own) and on the same terms, all or
        none. Sales open when they do for the original show, and close as long before the
        start. Repeating the request changes nothing.

        Needs an operator or an API key with the scope catalogue.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/repeat",
            [show],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def delete_show(
        self,
        show: str,
        body: types.DeleteShowBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.DeletedShow:
        """
        Delete a show that never sold anything.

        Its own seats go with it, and its key can be used again. Once anything has been
        sold, even if it was cancelled since, a show can only be cancelled or archived.

        Needs an operator or an API key with the scope catalogue.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/delete",
            [show],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def add_seats(
        self,
        show: str,
        body: types.AddSeatsBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Show:
        """
        Add seats to the show's own plan.

        Labels are trimmed, and blanks inside them folded; upper and lower case make no
        difference. If any of the seats already exist, the refusal names all of them.

        Needs an operator or an API key with the scope catalogue.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/seats",
            [show],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_seats(
        self,
        show: str,
        *,
        limit: int | None = None,
        status: Literal["available", "held", "booked", "blocked"] | None = None,
        section: str | None = None,
        category: str | None = None,
        seats: str | None = None,
        timeout: float | None = None,
    ) -> Pages[types.Seat]:
        """
        List the seats of a show with their status.

        limit: The most items a page may have.
        status: Only seats with this status.
        section: Only the section with this key.
        category: Only the category with this key.
        seats: Only these: labels, separated by commas. All of them must exist.
        """
        return self._caller.pages(
            "GET",
            "/v1/shows/{show}/seats",
            [show],
            query={"limit": limit, "status": status, "section": section, "category": category, "seats": seats},
            timeout=timeout,
        )

    def get_report(
        self,
        show: str,
        *,
        by: str | None = None,
        timeout: float | None = None,
    ) -> types.Report:
        """
        Count the seats of a show by their properties.

        By status, section, category, row, holder or the day of the sale, or by several of
        them. It reflects every command that was answered before it was asked for.

        Needs the box office, an operator or an API key with the scope journal.

        by: Some of `status`, `section`, `category`, `row`, `holder`, `day`:
        comma-separated.
        """
        return self._caller.send(
            "GET",
            "/v1/shows/{show}/report",
            [show],
            query={"by": by},
            timeout=timeout,
        )

    def list_journal(
        self,
        show: str,
        *,
        limit: int | None = None,
        seat: str | None = None,
        kind: Literal["create", "change", "add_seats", "hold", "extend", "release", "confirm", "book", "cancel", "swap", "transfer", "amend", "block", "describe", "unblock"] | None = None,
        holder: str | None = None,
        after: int | None = None,
        timeout: float | None = None,
    ) -> Pages[types.JournalEntry]:
        """
        List the journal of a show.

        One entry for each command that changed something: who, what, when, and by which
        request. With a filter, a page may have fewer entries than you asked for, even none,
        and still have a `next`: continue until that is null.

        Needs the box office, an operator or an API key with the scope journal.

        limit: The most items a page may have.
        seat: Entries that took this seat, kept it or gave it back.
        kind: Only entries of this kind.
        holder: Only those with this holder.
        after: Only entries after this version.
        """
        return self._caller.pages(
            "GET",
            "/v1/shows/{show}/journal",
            [show],
            query={"limit": limit, "seat": seat, "kind": kind, "holder": holder, "after": after},
            timeout=timeout,
        )

    def get_availability(
        self,
        show: str,
        *,
        timeout: float | None = None,
    ) -> types.Availability:
        """
        Count the seats of a show by status.

        Over all, and per section and category. It reflects every command that was answered
        before it was asked for.
        """
        return self._caller.send(
            "GET",
            "/v1/shows/{show}/availability",
            [show],
            timeout=timeout,
        )

    def get_statuses(
        self,
        show: str,
        *,
        timeout: float | None = None,
    ) -> types.Statuses:
        """
        Get the status of every seat, one character each.

        Character n is seat number n of the map: `a`vailable, `h`eld, `b`ooked, `x`.
        """
        return self._caller.send(
            "GET",
            "/v1/shows/{show}/statuses",
            [show],
            timeout=timeout,
        )

    def get_map(
        self,
        show: str,
        *,
        timeout: float | None = None,
    ) -> types.SeatMap:
        """
        Get everything you need to draw the seats.

        In columns: element n of each is seat number n. The map of a venue's plan never
        changes, and may be cached forever; that of a show with its own seats may grow.
        """
        return self._caller.send(
            "GET",
            "/v1/shows/{show}/map",
            [show],
            timeout=timeout,
        )

    def hold_seats(
        self,
        show: str,
        body: types.HoldSeatsBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Hold:
        """
        Hold seats.

        Seats by label, general admission places by quantity, or the best free seats. You
        get all of them for some minutes, or none; a refusal says which were in the way, and
        why. The id of the hold is its key: keep it secret.

        An API key needs the scope `sell`.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/holds",
            [show],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_holds(
        self,
        show: str,
        *,
        limit: int | None = None,
        reference: str | None = None,
        holder: str | None = None,
        seat: str | None = None,
        timeout: float | None = None,
    ) -> Pages[types.Hold]:
        """
        List the live holds of a show.

        In the order in which they were made: yours, or all of them for the box office.
        Filters are combined. To read a hold that has ended, use its id.

        Needs a user, the box office, an operator or an API key with the scope sell.

        limit: The most items a page may have.
        reference: Only those with this reference.
        holder: Only those with this holder.
        seat: Only those that have this seat now.
        """
        return self._caller.pages(
            "GET",
            "/v1/shows/{show}/holds",
            [show],
            query={"limit": limit, "reference": reference, "holder": holder, "seat": seat},
            timeout=timeout,
        )

    def confirm_hold(
        self,
        show: str,
        hold: str,
        body: types.ConfirmHoldBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Booking:
        """
        Turn a hold into a booking.

        Exactly its seats, exactly once. Confirm again, and you get the same booking; with
        another `reference`, you get the refusal `already_confirmed` with that booking: the
        second payment bought nothing. A hold that has run out is refused, unless you ask to
        `reacquire` its seats and all of them are free.

        An API key needs the scope `sell`.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/holds/{hold}/confirm",
            [show, hold],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def change_hold(
        self,
        show: str,
        hold: str,
        body: types.ChangeHoldBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Hold:
        """
        Change a hold: its seats, holder, reference or notes.

        In one step, all or nothing: seats that the hold keeps are never free in between,
        and it ends when it would have. Limits count the difference. To give all seats back,
        release the hold. You can change the holder, reference and metadata together with
        the seats, or alone.

        An API key needs the scope `sell`.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/holds/{hold}/change",
            [show, hold],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def release_hold(
        self,
        show: str,
        hold: str,
        body: types.ReleaseHoldBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Hold:
        """
        Release a hold, or some of its seats.

        Returns the hold as it ended, however often you ask.

        An API key needs the scope `sell`.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/holds/{hold}/release",
            [show, hold],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def get_hold(
        self,
        show: str,
        hold: str,
        *,
        timeout: float | None = None,
    ) -> types.Hold:
        """
        Get a hold and how long it has left.

        An API key needs the scope `sell`.
        """
        return self._caller.send(
            "GET",
            "/v1/shows/{show}/holds/{hold}",
            [show, hold],
            timeout=timeout,
        )

    def extend_hold(
        self,
        show: str,
        hold: str,
        body: types.ExtendHoldBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Hold:
        """
        Extend a hold.

        Counted from now, and never beyond the maximum life of a hold that the show allows.

        An API key needs the scope `sell`.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/holds/{hold}/extend",
            [show, hold],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def book_seats(
        self,
        show: str,
        body: types.BookSeatsBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Booking:
        """
        Book seats directly.

        Without a hold: all of them or none. The box office, and API keys with the scope
        `block`, may take them out of a `block`.

        An API key needs the scope `sell`.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/bookings",
            [show],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_bookings(
        self,
        show: str,
        *,
        limit: int | None = None,
        reference: str | None = None,
        holder: str | None = None,
        seat: str | None = None,
        cancelled: bool | None = None,
        timeout: float | None = None,
    ) -> Pages[types.Booking]:
        """
        List the bookings of a show.

        The newest first, including cancelled ones: yours, or all of them for the box
        office. Filters are combined. A page may have fewer bookings than you asked for,
        even none, and still have a `next`: continue until that is null.

        Needs a user, the box office, an operator or an API key with the scope sell.

        limit: The most items a page may have.
        reference: Only those with this reference.
        holder: Only those with this holder.
        seat: Only those that have this seat now.
        cancelled: Only cancelled bookings (`true`), or only the others (`false`).
        """
        return self._caller.pages(
            "GET",
            "/v1/shows/{show}/bookings",
            [show],
            query={"limit": limit, "reference": reference, "holder": holder, "seat": seat, "cancelled": cancelled},
            timeout=timeout,
        )

    def swap_seats(
        self,
        show: str,
        booking: str,
        body: types.SwapSeatsBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Booking:
        """
        Swap seats of a booking for others.

        In one step: no one else can take either in between.

        Needs the box office, an operator or an API key with the scope amend.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/bookings/{booking}/swap",
            [show, booking],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def transfer_booking(
        self,
        show: str,
        booking: str,
        body: types.TransferBookingBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Booking:
        """
        Hand a booking on to another holder, or some of its seats.

        The booking keeps its id. With `seats`, those become a new booking, which you get
        back, and the rest stays. No one else can take a seat in between, and the history
        says whose it was.

        Needs the box office, an operator or an API key with the scope amend.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/bookings/{booking}/transfer",
            [show, booking],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def find_bookings(
        self,
        *,
        limit: int | None = None,
        reference: str | None = None,
        holder: str | None = None,
        timeout: float | None = None,
    ) -> Pages[types.Booking]:
        """
        Find bookings in all shows by reference or holder.

        The newest first, including cancelled ones: yours, or all of them for the box
        office. If you lost an answer and its key, ask here whether your reference has
        bought something.

        Needs a user, the box office, an operator or an API key with the scope sell.

        limit: The most items a page may have.
        reference: Only those with this reference.
        holder: Only those with this holder.
        """
        return self._caller.pages(
            "GET",
            "/v1/bookings",
            [],
            query={"limit": limit, "reference": reference, "holder": holder},
            timeout=timeout,
        )

    def get_booking(
        self,
        show: str,
        booking: str,
        *,
        timeout: float | None = None,
    ) -> types.Booking:
        """
        Get a booking.

        An API key needs the scope `sell`.
        """
        return self._caller.send(
            "GET",
            "/v1/shows/{show}/bookings/{booking}",
            [show, booking],
            timeout=timeout,
        )

    def change_booking(
        self,
        show: str,
        booking: str,
        body: types.ChangeBookingBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Booking:
        """
        Change the reference or the notes of a booking.

        What you leave out stays as it is. To change seats, swap or cancel them; to change
        the holder, transfer the booking.

        Needs the box office, an operator or an API key with the scope amend.
        """
        return self._caller.send(
            "PATCH",
            "/v1/shows/{show}/bookings/{booking}",
            [show, booking],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def cancel_booking(
        self,
        show: str,
        booking: str,
        body: types.CancelBookingBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Booking:
        """
        Cancel a booking, or some of its seats.

        The seats are on sale again at once. Cancelling again changes nothing.

        Needs the box office, an operator or an API key with the scope amend.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/bookings/{booking}/cancel",
            [show, booking],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def block_seats(
        self,
        show: str,
        body: types.BlockSeatsBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Block:
        """
        Block seats.

        Needs the box office, an operator or an API key with the scope block.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/blocks",
            [show],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_blocks(
        self,
        show: str,
        *,
        limit: int | None = None,
        reference: str | None = None,
        holder: str | None = None,
        seat: str | None = None,
        timeout: float | None = None,
    ) -> Pages[types.Block]:
        """
        List the blocks of a show.

        Those that withhold seats now, in the order in which they were made: yours, or all
        of them for the box office. To read a block that was released, use its id.

        Needs the box office, an operator or an API key with the scope block.

        limit: The most items a page may have.
        reference: Only those with this reference.
        holder: Only those with this holder.
        seat: Only those that have this seat now.
        """
        return self._caller.pages(
            "GET",
            "/v1/shows/{show}/blocks",
            [show],
            query={"limit": limit, "reference": reference, "holder": holder, "seat": seat},
            timeout=timeout,
        )

    def get_block(
        self,
        show: str,
        block: str,
        *,
        timeout: float | None = None,
    ) -> types.Block:
        """
        Get a block.

        Needs the box office, an operator or an API key with the scope block.
        """
        return self._caller.send(
            "GET",
            "/v1/shows/{show}/blocks/{block}",
            [show, block],
            timeout=timeout,
        )

    def change_block(
        self,
        show: str,
        block: str,
        body: types.ChangeBlockBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Block:
        """
        Change why seats are blocked, and for whom.

        What you leave out stays as it is, and so do its seats.

        Needs the box office, an operator or an API key with the scope block.
        """
        return self._caller.send(
            "PATCH",
            "/v1/shows/{show}/blocks/{block}",
            [show, block],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def unblock_seats(
        self,
        show: str,
        block: str,
        body: types.UnblockSeatsBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Block:
        """
        Release a block, or some of its seats.

        Returns the block as it is afterwards, however often you ask.

        Needs the box office, an operator or an API key with the scope block.
        """
        return self._caller.send(
            "POST",
            "/v1/shows/{show}/blocks/{block}/release",
            [show, block],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def create_user(
        self,
        body: types.CreateUserBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.User:
        """
        Create a user.

        Anyone may create an account for themselves, unless registration is closed. Only an
        operator may give a `role` other than `user`, or create a user without a password.
        An e-mail address belongs to one user.
        """
        return self._caller.send(
            "POST",
            "/v1/users",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_users(
        self,
        *,
        limit: int | None = None,
        email: str | None = None,
        role: Literal["user", "box_office", "operator"] | None = None,
        timeout: float | None = None,
    ) -> Pages[types.User]:
        """
        List users.

        Needs an operator.

        limit: The most items a page may have.
        email: Only the user with this address, without regard to case.
        role: Only users with this role.
        """
        return self._caller.pages(
            "GET",
            "/v1/users",
            [],
            query={"limit": limit, "email": email, "role": role},
            timeout=timeout,
        )

    def change_user(
        self,
        user: str,
        body: types.ChangeUserBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.ChangedUser:
        """
        Change a user or their role.

        A new role, and disabling, end the user's sessions. If the e-mail address is
        unverified, a role also clears the password, because the person who registered the
        address may not be its owner. The answer then has a sign-in link for the right
        person.

        Needs an operator.
        """
        return self._caller.send(
            "PATCH",
            "/v1/users/{user}",
            [user],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def get_user(
        self,
        user: str,
        *,
        timeout: float | None = None,
    ) -> types.User:
        """
        Get a user.

        Needs an operator.
        """
        return self._caller.send(
            "GET",
            "/v1/users/{user}",
            [user],
            timeout=timeout,
        )

    def create_sign_in_link(
        self,
        user: str,
        body: types.CreateSignInLinkBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.SignInLink:
        """
        Create a one-time sign-in link.

        For people who have no password, or have forgotten it. It works once, for 30
        minutes. The token comes after the `#` of the address, which browsers never send.

        Needs an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/users/{user}/links",
            [user],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def end_user_sessions(
        self,
        user: str,
        body: types.EndUserSessionsBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.EndedSessions:
        """
        Sign a user out everywhere.

        Unused sign-in links end as well.

        Needs an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/users/{user}/sessions/end",
            [user],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def remove_user_second_factor(
        self,
        user: str,
        body: types.RemoveUserSecondFactorBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.User:
        """
        Remove the second factor of a user.

        For someone who has lost their device and the recovery codes. Removes the app, all
        passkeys and the recovery codes.

        Needs an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/users/{user}/second-factor/remove",
            [user],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def get_me(
        self,
        *,
        timeout: float | None = None,
    ) -> types.Me:
        """
        Get the current caller: a user, an API key or the operator key.

        Needs a user, the box office, an operator or an API key.
        """
        return self._caller.send(
            "GET",
            "/v1/me",
            [],
            timeout=timeout,
        )

    def change_me(
        self,
        body: types.ChangeMeBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.User:
        """
        Change my name, e-mail or telephone number.

        To change the e-mail address, send the password, if there is one; and a code, a
        passkey or a recovery code, if you have a second factor.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "PATCH",
            "/v1/me",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_my_sessions(
        self,
        *,
        timeout: float | None = None,
    ) -> Pages[types.ActiveSession]:
        """
        List my sessions.

        Where you are signed in, the most recently used first: at most 20.

        Needs a user, the box office or an operator.
        """
        return self._caller.pages(
            "GET",
            "/v1/me/sessions",
            [],
            timeout=timeout,
        )

    def end_my_session(
        self,
        session: str,
        body: types.EndMySessionBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.EndedSessions:
        """
        Sign out somewhere else.

        Ending a session that has ended changes nothing.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/me/sessions/{session}/end",
            [session],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_my_holds(
        self,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Pages[types.Hold]:
        """
        List my live holds, in all shows.

        The soonest to end first. Empty for callers without an account. If you confirmed or
        released thousands of holds early, a page may be short, even empty, and still have a
        `next`.

        Needs a user, the box office, an operator or an API key with the scope sell.

        limit: The most items a page may have.
        """
        return self._caller.pages(
            "GET",
            "/v1/me/holds",
            [],
            query={"limit": limit},
            timeout=timeout,
        )

    def list_my_bookings(
        self,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Pages[types.Booking]:
        """
        List my bookings, in all shows.

        The newest first, including cancelled ones. Empty for callers without an account.

        Needs a user, the box office, an operator or an API key with the scope sell.

        limit: The most items a page may have.
        """
        return self._caller.pages(
            "GET",
            "/v1/me/bookings",
            [],
            query={"limit": limit},
            timeout=timeout,
        )

    def begin_second_factor(
        self,
        body: types.BeginSecondFactorBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.NewSecondFactor:
        """
        Set up codes of an app as a second factor.

        Returns what an authenticator app needs (TOTP, RFC 6238). It counts once you have
        confirmed a code; until then you can begin again. If you have passkeys, send one of
        them, or a recovery code.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/me/second-factor",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def confirm_second_factor(
        self,
        body: types.ConfirmSecondFactorBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.RecoveryCodes:
        """
        Confirm the app with a code.

        From now on, signing in takes a code, or a passkey if you have one. Returns ten
        recovery codes, each good for one use, which replace those you had. You see them
        only now. If it is your first second factor, all other sessions end.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/me/second-factor/confirm",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def remove_second_factor(
        self,
        body: types.RemoveSecondFactorBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.User:
        """
        Remove the app.

        With the password, and a code, a passkey or a recovery code. If you have no passkey,
        the recovery codes are removed as well, and the password alone signs you in.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/me/second-factor/remove",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_my_passkeys(
        self,
        *,
        timeout: float | None = None,
    ) -> Pages[types.Passkey]:
        """
        List my passkeys.

        The oldest first: at most 10.

        Needs a user, the box office or an operator.
        """
        return self._caller.pages(
            "GET",
            "/v1/me/passkeys",
            [],
            timeout=timeout,
        )

    def begin_passkey(
        self,
        body: types.BeginPasskeyBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.PasskeyOptions:
        """
        Set up a passkey.

        What `navigator.credentials.create()` needs, for five minutes and this session. A
        passkey is a second factor for your password, or signs you in on its own. If you
        already have a second factor, prove it.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/me/passkeys",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def confirm_passkey(
        self,
        body: types.ConfirmPasskeyBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.NewPasskey:
        """
        Confirm the passkey that the browser made.

        It counts from now on. If it is your first second factor, all other sessions end,
        and the answer has ten recovery codes, each good for one use. You see them only now.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/me/passkeys/confirm",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def remove_passkey(
        self,
        passkey: str,
        body: types.RemovePasskeyBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.User:
        """
        Remove a passkey.

        With the password, and a passkey (this one or another), a code or a recovery code.
        If it was your last second factor, the recovery codes are removed as well, and the
        password alone signs you in.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/me/passkeys/{passkey}/remove",
            [passkey],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def create_api_key(
        self,
        body: types.CreateApiKeyBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.ApiKeyWithSecret:
        """
        Create an API key.

        For a partner system: what it may do (`scopes`), and for which shows (all, if you
        leave out `shows`). You see the `secret` only in this answer: we keep only its hash.

        Needs an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/api-keys",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_api_keys(
        self,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Pages[types.ApiKey]:
        """
        List API keys.

        Needs an operator.

        limit: The most items a page may have.
        """
        return self._caller.pages(
            "GET",
            "/v1/api-keys",
            [],
            query={"limit": limit},
            timeout=timeout,
        )

    def rotate_api_key(
        self,
        key: str,
        body: types.RotateApiKeyBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.ApiKeyWithSecret:
        """
        Rotate the secret of an API key.

        Existing secrets keep working for `overlapSeconds` (a day by default), so that the
        partner can switch without a gap.

        Needs an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/api-keys/{key}/rotate",
            [key],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def get_api_key(
        self,
        key: str,
        *,
        timeout: float | None = None,
    ) -> types.ApiKey:
        """
        Get an API key.

        What it may do, when it was last used, and how its secrets begin.

        Needs an operator.
        """
        return self._caller.send(
            "GET",
            "/v1/api-keys/{key}",
            [key],
            timeout=timeout,
        )

    def change_api_key(
        self,
        key: str,
        body: types.ChangeApiKeyBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.ApiKey:
        """
        Rename an API key.

        Its scopes and shows stay as they are: if a partner needs more, create another key
        and revoke this one. Repeating the call has the same effect.

        Needs an operator.
        """
        return self._caller.send(
            "PATCH",
            "/v1/api-keys/{key}",
            [key],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def revoke_api_key(
        self,
        key: str,
        body: types.RevokeApiKeyBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.ApiKey:
        """
        Revoke an API key and all its secrets.

        At once on the server you call, within 5 seconds on all others.

        Needs an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/api-keys/{key}/revoke",
            [key],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def list_audit(
        self,
        *,
        limit: int | None = None,
        actor: str | None = None,
        action: str | None = None,
        timeout: float | None = None,
    ) -> Pages[types.AuditEntry]:
        """
        List administrative acts, newest first.

        Who did what to whom. The log is append-only. `action` is the name of an operation,
        or `bootstrap`, `refresh_reused`, `sign_in_failed`.

        Needs an operator.

        limit: The most items a page may have.
        actor: Only what this caller did, as `actor` names it.
        action: Only acts with this name.
        """
        return self._caller.pages(
            "GET",
            "/v1/audit",
            [],
            query={"limit": limit, "actor": actor, "action": action},
            timeout=timeout,
        )

    def get_system(
        self,
        *,
        timeout: float | None = None,
    ) -> types.SystemState:
        """
        Get the state of the server.

        The state of the server that answers; other servers on the same database keep their
        own count. Answers 200 even while the database cannot be reached.

        Needs an operator.
        """
        return self._caller.send(
            "GET",
            "/v1/system",
            [],
            timeout=timeout,
        )

    def create_session(
        self,
        body: types.CreateSessionBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Session:
        """
        Sign in.

        With e-mail and password, with the token of a sign-in link, or with a passkey alone,
        if it has checked who you are (PIN, fingerprint, face). The access token is for
        `Authorization: Bearer` and lasts `accessSeconds`; the refresh token gives the next
        one. With `cookies`, both are cookies that no script can read, for pages of this
        server; the browser's previous session ends.
        """
        return self._caller.send(
            "POST",
            "/v1/sessions",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def create_passkey_challenge(
        self,
        body: types.CreatePasskeyChallengeBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.PasskeyChallenge:
        """
        Create a challenge for a passkey.

        What `navigator.credentials.get()` needs. Send what the passkey signs as `passkey`
        to `createSession`, and to any operation that takes a second factor. A challenge
        works once, for five minutes. It says nothing about who has which passkeys.
        """
        return self._caller.send(
            "POST",
            "/v1/sessions/passkey-challenge",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def refresh_session(
        self,
        body: types.RefreshSessionBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.Session:
        """
        Renew a session.

        Each refresh token is good for one use, and gives you the next. Within ten seconds
        it gives you the same one again, in case the answer got lost. If it is used later
        than that, we assume it was stolen, and the session ends. Without a token in the
        body, the cookie counts, and the answer comes as cookies.
        """
        return self._caller.send(
            "POST",
            "/v1/sessions/refresh",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def end_session(
        self,
        body: types.EndSessionBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.EndedSessions:
        """
        Sign out.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/sessions/end",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def end_all_sessions(
        self,
        body: types.EndAllSessionsBody | None = None,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.EndedSessions:
        """
        Sign out everywhere.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/sessions/end-all",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    def change_password(
        self,
        body: types.ChangePasswordBody,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> types.ChangedPassword:
        """
        Change my password.

        Ends all other sessions, and every refresh token of this one: the answer has new
        tokens, or sets new cookies. If you have no password yet, it sets the first one. If
        you have a second factor, send a code, a passkey or a recovery code as well.

        Needs a user, the box office or an operator.
        """
        return self._caller.send(
            "POST",
            "/v1/me/password",
            [],
            body=body,
            idempotency_key=idempotency_key,
            timeout=timeout,
        )
