# Made from openapi.json by `npm run clients`: change the contract.
"""What the API takes and answers, by the names of its description."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict, Union

class ActiveSession(TypedDict):
    id: str
    """The id of the session: `session_` and 32 hexadecimal digits."""
    current: bool
    """Whether it is the one that asks."""
    agent: Union[str, None]
    """The `User-Agent` that signed in."""
    beganBy: Literal["password", "link", "passkey"]
    """What it was signed in with."""
    createdAt: str
    """When it was created, in UTC."""
    usedAt: str
    """When it was renewed last, in UTC."""
    expiresAt: str
    """When the session ends at the latest, in UTC. A week without use ends it, too."""


class AddSeatsBody(TypedDict):
    seats: list[str]
    """Labels of the new seats, all or none."""


class ApiKey(TypedDict):
    id: str
    """The id of the key: `key_` and 32 hexadecimal digits."""
    name: str
    """What the key is called in lists."""
    prefix: str
    """The visible beginning of its newest secret."""
    scopes: list[Literal["sell", "amend", "block", "journal", "catalogue", "webhooks"]]
    """What the key may be used for."""
    shows: Union[list[str], None]
    """The only shows it is for; null: all."""
    secrets: list[dict[str, Any]]
    """The secrets that work."""
    createdAt: str
    """When it was created, in UTC."""
    createdBy: str
    """Who created it: `user_…`, or `operator` for the operator key."""
    expiresAt: Union[str, None]
    """When the key stops working, in UTC. Null: never by itself."""
    lastUsedAt: Union[str, None]
    """When it was used last, to the minute, in UTC. Null: never."""
    revokedAt: Union[str, None]
    """When it was revoked, in UTC. Null while it was not."""


class ApiKeyList(TypedDict):
    items: list[ApiKey]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class ApiKeyWithSecret(TypedDict):
    id: str
    """The id of the key: `key_` and 32 hexadecimal digits."""
    name: str
    """What the key is called in lists."""
    prefix: str
    """The visible beginning of its newest secret."""
    scopes: list[Literal["sell", "amend", "block", "journal", "catalogue", "webhooks"]]
    """What the key may be used for."""
    shows: Union[list[str], None]
    """The only shows it is for; null: all."""
    secrets: list[dict[str, Any]]
    """The secrets that work."""
    createdAt: str
    """When it was created, in UTC."""
    createdBy: str
    """Who created it: `user_…`, or `operator` for the operator key."""
    expiresAt: Union[str, None]
    """When the key stops working, in UTC. Null: never by itself."""
    lastUsedAt: Union[str, None]
    """When it was used last, to the minute, in UTC. Null: never."""
    revokedAt: Union[str, None]
    """When it was revoked, in UTC. Null while it was not."""
    secret: str
    """What authenticates. You see it only now: we keep only its hash."""


class AuditEntry(TypedDict):
    id: int
    """The number of the entry. Later entries have higher ones."""
    at: str
    """When it happened, in UTC."""
    actor: str
    """Who did it: `user_…`, `key_…`, or `operator` or `anonymous` where there is no account."""
    action: str
    """The name of the operation, or of what the service did by itself."""
    subject: Union[str, None]
    """The user, key or venue it is about."""
    requestId: Union[str, None]
    """Finds the request in the log. Null if the service acted by itself."""
    details: Union[dict[str, Any], None]
    """Details that depend on the action. Null if there are none."""


class AuditLog(TypedDict):
    items: list[AuditEntry]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class Availability(TypedDict):
    show: str
    """The key of the show."""
    version: int
    """The version of the show that this reflects. Each change raises it by one."""
    asOf: str
    """The database's time at which this was true, in UTC."""
    counts: Counts
    """Over all seats."""
    sections: list[dict[str, Any]]
    """By section, in the order of the plan."""
    categories: list[dict[str, Any]]
    """By category, in the order of the plan."""


class BeginPasskeyBody(TypedDict):
    password: str
    """Your password, once more."""
    code: NotRequired[str]
    """A code of the authenticator app, or a recovery code, if you have a second factor."""
    passkey: NotRequired[PasskeyAssertionInput]
    """What a passkey signed, if you have one: see `createPasskeyChallenge`."""


class BeginSecondFactorBody(TypedDict):
    password: str
    """Your password, once more."""
    code: NotRequired[str]
    """A code of the authenticator app, or a recovery code, if you have a second factor."""
    passkey: NotRequired[PasskeyAssertionInput]
    """What a passkey signed, if you have one: see `createPasskeyChallenge`."""


class BestSeatsInput(TypedDict):
    quantity: int
    """How many seats."""
    section: NotRequired[str]
    """Only in the section with this key."""
    category: NotRequired[str]
    """Only in the category with this key."""
    accessible: NotRequired[int]
    """How many of them should be accessible seats: exactly that many, 0 by default."""


class Block(TypedDict):
    id: str
    """The id of the block: `block_` and 32 hexadecimal digits."""
    show: str
    """The key of the show."""
    seats: list[str]
    """Labels of the seats it withholds. Empty once all are on sale again."""
    reason: str
    """Why they are withheld."""
    holder: Union[str, None]
    """Who it is for: a name or id that you give your customer. Null if no one was named."""
    reference: Union[str, None]
    """Your own reference, such as an order number. Null if there is none."""
    metadata: dict[str, str]
    """Your own notes, by keys of your own. Empty if there are none."""
    releasedAt: Union[str, None]
    """When its last seat went on sale again, in UTC. Null while it has any."""
    version: int
    """The version of the show at which it last changed."""


class BlockEvent(TypedDict):
    id: str
    """The same from every server and on every retry."""
    type: Literal["block.created", "block.changed", "block.released"]
    """What happened."""
    at: str
    """When it happened, in UTC, by the clock of the database."""
    show: str
    """The key of the show."""
    version: int
    """The version of the show that it belongs to."""
    data: Block
    """The block as it was at that version."""


class BlockList(TypedDict):
    items: list[Block]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class BlockSeatsBody(TypedDict):
    seats: list[str]
    """Labels of the seats to withhold from sale, all or none."""
    reason: str
    """Why they are withheld, for the staff."""
    holder: NotRequired[str]
    """Who they are kept for."""
    reference: NotRequired[str]
    """Your own reference, such as an order number. Null if there is none."""
    metadata: NotRequired[dict[str, str]]
    """Your own notes: text under keys of your own. You can't search by them."""


class BookSeatsBody(TypedDict):
    seats: NotRequired[list[str]]
    """Labels of the seats to book, all or none."""
    places: NotRequired[list[dict[str, Any]]]
    """General admission places to book, by section."""
    best: NotRequired[BestSeatsInput]
    """The best free seats, as many as you ask for."""
    holder: NotRequired[str]
    """Who it is for: a name or id that you give your customer."""
    reference: NotRequired[str]
    """Your own reference, such as an order number."""
    metadata: NotRequired[dict[str, str]]
    """Your own notes: text under keys of your own. You can't search by them."""
    block: NotRequired[str]
    """May take seats out of this block."""


class Booking(TypedDict):
    id: str
    """The id of the booking: `book_` and 32 hexadecimal digits."""
    show: str
    """The key of the show."""
    hold: Union[str, None]
    """The hold that it came from. Null for a booking made without one."""
    seats: list[str]
    """Labels of the seats it has. Empty once it is cancelled."""
    items: list[SeatItem]
    """The seats in the same order, each with what its price may depend on."""
    together: bool
    """
    Whether they are all side by side in one row, or places in one general admission
    section.
    """
    bookedAt: str
    """When it was made, in UTC."""
    cancelledAt: Union[str, None]
    """When its last seat was given back, in UTC. Null while it has any."""
    holder: Union[str, None]
    """Who it is for: a name or id that you give your customer. Null if no one was named."""
    reference: Union[str, None]
    """Your own reference, such as an order number. Null if there is none."""
    metadata: dict[str, str]
    """Your own notes, by keys of your own. Empty if there are none."""
    version: int
    """The version of the show at which it last changed."""


class BookingEvent(TypedDict):
    id: str
    """The same from every server and on every retry."""
    type: Literal["booking.created", "booking.changed", "booking.cancelled", "booking.transferred", "booking.left"]
    """What happened."""
    at: str
    """When it happened, in UTC, by the clock of the database."""
    show: str
    """The key of the show."""
    version: int
    """The version of the show that it belongs to."""
    data: Booking
    """The booking as it was at that version."""


class BookingList(TypedDict):
    items: list[Booking]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class CancelBookingBody(TypedDict):
    seats: NotRequired[list[str]]
    """Labels of the seats to give back. All of them by default."""
    places: NotRequired[list[dict[str, Any]]]
    """How many of the places it has in a section."""
    reason: NotRequired[str]
    """Why, for the journal."""


class ChangeApiKeyBody(TypedDict):
    name: str
    """What to call the key from now on."""


class ChangeBlockBody(TypedDict):
    reason: NotRequired[str]
    """Why they are withheld, for the staff."""
    holder: NotRequired[Union[str, None]]
    """Who they are kept for from now on; null for no one in particular."""
    reference: NotRequired[Union[str, None]]
    """Its new reference; null for none."""
    metadata: NotRequired[dict[str, str]]
    """Your own notes. They replace the existing ones."""


class ChangeBookingBody(TypedDict):
    reference: NotRequired[Union[str, None]]
    """Its new reference; null for none."""
    metadata: NotRequired[dict[str, str]]
    """Your own notes. They replace the existing ones."""


class ChangeHoldBody(TypedDict):
    add: NotRequired[list[str]]
    """Seats to take. Seats that the hold already has stay."""
    drop: NotRequired[list[str]]
    """Seats to give back."""
    places: NotRequired[list[dict[str, Any]]]
    """General admission places to add."""
    best: NotRequired[BestSeatsInput]
    """The best free seats, in addition to those named."""
    holder: NotRequired[Union[str, None]]
    """Who it is for from now on; null for no one in particular."""
    reference: NotRequired[Union[str, None]]
    """Its new reference; null for none."""
    metadata: NotRequired[dict[str, str]]
    """Your own notes. They replace the existing ones."""


class ChangeMeBody(TypedDict):
    name: NotRequired[str]
    """Your new name."""
    email: NotRequired[str]
    """Your new address to sign in with."""
    phone: NotRequired[Union[str, None]]
    """Telephone number. Null if there is none."""
    password: NotRequired[str]
    """Your current password; required to change the e-mail address."""
    code: NotRequired[str]
    """A code of the authenticator app, or a recovery code, if you have a second factor."""
    passkey: NotRequired[PasskeyAssertionInput]
    """What a passkey signed, if you have one: see `createPasskeyChallenge`."""


class ChangePasswordBody(TypedDict):
    current: NotRequired[str]
    """Your current password. Leave it out if you have none."""
    password: str
    """The new one."""
    code: NotRequired[str]
    """A code of the authenticator app, or a recovery code, if you have a second factor."""
    passkey: NotRequired[PasskeyAssertionInput]
    """What a passkey signed, if you have one: see `createPasskeyChallenge`."""


class ChangePlanBody(TypedDict):
    name: NotRequired[str]
    """The new name of the plan."""
    retired: NotRequired[bool]
    """Whether new shows are kept from using it. Existing shows keep it."""


class ChangeShowBody(TypedDict):
    title: NotRequired[str]
    """The title of the show, as shoppers read it."""
    startsAt: NotRequired[str]
    """When the show starts. Answered in UTC."""
    salesFrom: NotRequired[Union[str, None]]
    """When sales open. Answered in UTC. Null: from the start."""
    salesUntil: NotRequired[Union[str, None]]
    """When sales close. Answered in UTC. Null: no limit."""
    sellAfterStart: NotRequired[bool]
    """Whether sales continue once the show has begun. The box office sells either way."""
    holdSeconds: NotRequired[int]
    """How long a hold lasts unless it says otherwise, in seconds."""
    holdSecondsMax: NotRequired[int]
    """The longest time a hold may ask for at once, in seconds."""
    holdLifeSecondsMax: NotRequired[int]
    """The longest time a hold may live, extensions included, in seconds."""
    maxSeatsPerHold: NotRequired[int]
    """The most seats that one hold or booking may have."""
    maxSeatsPerHolder: NotRequired[Union[int, None]]
    """
    The most seats of the show that one holder may have, held and booked together. Null: no
    limit.
    """
    refuseOrphans: NotRequired[bool]
    """Whether chosen seats that leave a single seat alone are refused."""
    cancellable: NotRequired[bool]
    """Whether bookings can be cancelled while the show itself is not."""
    confirmBy: NotRequired[Literal["holder", "seller"]]
    """Who confirms and books: every holder, or only partner systems and the box office."""
    cancelled: NotRequired[bool]
    """Whether it is cancelled: nothing is sold, and bookings can be given back."""
    archived: NotRequired[bool]
    """Left out of lists. Nothing else about it changes."""


class ChangeUserBody(TypedDict):
    name: NotRequired[str]
    """The new name of the person."""
    email: NotRequired[str]
    """The new address to sign in with."""
    phone: NotRequired[Union[str, None]]
    """Telephone number. Null if there is none."""
    role: NotRequired[Literal["user", "box_office", "operator"]]
    """What the user may do: shop (`user`), sell (`box_office`) or run everything (`operator`)."""
    disabled: NotRequired[bool]
    """Whether the user is kept from signing in. True ends all sessions of the user."""


class ChangeVenueBody(TypedDict):
    name: NotRequired[str]
    """The new name of the venue."""
    timeZone: NotRequired[str]
    """IANA name of the time zone, such as `Europe/London`, for showing local times."""
    retired: NotRequired[bool]
    """Whether new plans and shows are kept from using it. Its shows carry on."""


class ChangeWebhookBody(TypedDict):
    url: NotRequired[str]
    """Where to send events: an absolute URL."""
    events: NotRequired[Union[list[Literal["hold.created", "hold.extended", "hold.changed", "hold.released", "hold.expired", "booking.created", "booking.changed", "booking.cancelled", "booking.transferred", "booking.left", "block.created", "block.changed", "block.released", "show.created", "show.changed", "show.cancelled", "webhook.test"]], None]]
    """The only types of events to send. Null: all."""
    shows: NotRequired[Union[list[str], None]]
    """Keys of the only shows to tell it about. Null: all that you may see."""
    description: NotRequired[Union[str, None]]
    """What it is for, in your words. Null clears it."""
    disabled: NotRequired[bool]
    """True stops deliveries, false resumes them."""


class ChangedPassword(TypedDict):
    ended: int
    """How many sessions ended."""
    session: Session
    """This session, with new tokens."""


class ChangedUser(TypedDict):
    id: str
    """The id of the user: `user_` and 32 hexadecimal digits."""
    name: str
    """The name of the person."""
    email: Union[str, None]
    """The address to sign in with. Null if there are only sign-in links."""
    phone: Union[str, None]
    """Telephone number. Null if there is none."""
    role: Literal["user", "box_office", "operator"]
    """What the user may do: shop (`user`), sell (`box_office`) or run everything (`operator`)."""
    hasPassword: bool
    """Whether there is a password to sign in with."""
    emailVerified: bool
    """Whether one of the staff gave the address, or its owner came by a sign-in link."""
    secondFactor: bool
    """Whether signing in takes a second factor as well."""
    secondFactors: list[Literal["app", "passkey"]]
    """What can be the second factor: codes of an `app`, a `passkey`."""
    createdAt: str
    """When it was created, in UTC."""
    disabledAt: Union[str, None]
    """When the user was disabled, in UTC. Null while the user is not."""
    signInLink: Union[SignInLink, None]
    """Created if you gave a role to an unverified e-mail address, which cleared the password."""


class ConfirmHoldBody(TypedDict):
    reference: NotRequired[str]
    """Your own reference, such as an order number. That of the hold by default."""
    metadata: NotRequired[dict[str, str]]
    """Your own notes. They replace those of the hold."""
    reacquire: NotRequired[bool]
    """Take the same seats again if the hold has run out and they are still free."""


class ConfirmPasskeyBody(TypedDict):
    name: str
    """What you call it, such as the device that it is on."""
    credential: PasskeyAttestationInput
    """What `navigator.credentials.create()` gave."""


class ConfirmSecondFactorBody(TypedDict):
    code: str
    """A code that the authenticator app shows."""


class Counts(TypedDict):
    total: int
    """How many seats there are."""
    available: int
    """How many of them can be held or booked."""
    held: int
    """How many of them are held."""
    booked: int
    """How many of them are booked."""
    blocked: int
    """How many of them are withheld from sale."""


class CreateApiKeyBody(TypedDict):
    name: str
    """What to call the key in lists."""
    scopes: list[Literal["sell", "amend", "block", "journal", "catalogue", "webhooks"]]
    """What the key may be used for."""
    shows: NotRequired[list[str]]
    """Keys of the only shows it is for. All shows by default."""
    expiresAt: NotRequired[str]
    """When it stops working. Never, by default."""


class CreatePasskeyChallengeBody(TypedDict):
    pass


class CreatePlanBody(TypedDict):
    format: NotRequired[Literal["grid", "rowlock", "csv", "pretix", "seatsio"]]
    """Detected from the source if left out."""
    name: NotRequired[str]
    """The name of the plan. That of the source by default."""
    source: Any
    """The plan itself: an object for JSON formats, text for CSV."""
    columns: NotRequired[dict[str, str]]
    """CSV: the name in the header of the column that says this."""
    ignoreUnknownColumns: NotRequired[bool]
    """CSV: ignore unknown columns, with a warning."""
    focalPoint: NotRequired[Union[Literal["top", "right", "bottom", "left"], dict[str, Any]]]
    """Where everyone looks: a side of the plan, or a point in its units."""


class CreateSessionBody(TypedDict):
    email: NotRequired[str]
    """The address of the user, with `password`."""
    password: NotRequired[str]
    """The password of the user."""
    link: NotRequired[str]
    """The token of a sign-in link, instead of e-mail and password."""
    code: NotRequired[str]
    """A code of the authenticator app, or a recovery code, if you have a second factor."""
    passkey: NotRequired[PasskeyAssertionInput]
    """
    What a passkey signed, if you have one: see `createPasskeyChallenge`. It may stand
    alone, without e-mail, password or link.
    """
    cookies: NotRequired[bool]
    """Send the tokens as cookies that no script can read, not in the answer."""


class CreateShowBody(TypedDict):
    key: str
    """The name of the show in addresses: unique, at most 100 characters."""
    title: str
    """The title of the show, as shoppers read it."""
    startsAt: str
    """When the show starts. Answered in UTC."""
    plan: NotRequired[str]
    """The id of the plan to sell from. Leave it out to give `seats`."""
    seats: NotRequired[Union[dict[str, Any], list[str]]]
    """Without a plan: a grid, or a list of labels, for its own plan."""
    salesFrom: NotRequired[Union[str, None]]
    """When sales open. Answered in UTC. Null: from the start."""
    salesUntil: NotRequired[Union[str, None]]
    """When sales close. Answered in UTC. Null: no limit."""
    sellAfterStart: NotRequired[bool]
    """Whether sales continue once the show has begun. The box office sells either way."""
    holdSeconds: NotRequired[int]
    """How long a hold lasts unless it says otherwise, in seconds."""
    holdSecondsMax: NotRequired[int]
    """The longest time a hold may ask for at once, in seconds."""
    holdLifeSecondsMax: NotRequired[int]
    """The longest time a hold may live, extensions included, in seconds."""
    maxSeatsPerHold: NotRequired[int]
    """The most seats that one hold or booking may have."""
    maxSeatsPerHolder: NotRequired[Union[int, None]]
    """
    The most seats of the show that one holder may have, held and booked together. Null: no
    limit.
    """
    refuseOrphans: NotRequired[bool]
    """Whether chosen seats that leave a single seat alone are refused."""
    cancellable: NotRequired[bool]
    """Whether bookings can be cancelled while the show itself is not."""
    confirmBy: NotRequired[Literal["holder", "seller"]]
    """Who confirms and books: every holder, or only partner systems and the box office."""


class CreateSignInLinkBody(TypedDict):
    pass


class CreateUserBody(TypedDict):
    name: str
    """The name of the person."""
    email: str
    """The address to sign in with. One user has it, without regard to case."""
    phone: NotRequired[str]
    """Telephone number."""
    password: NotRequired[str]
    """10 to 200 characters."""
    role: NotRequired[Literal["user", "box_office", "operator"]]
    """What the user may do: shop (`user`), sell (`box_office`) or run everything (`operator`)."""


class CreateVenueBody(TypedDict):
    name: str
    """The name of the venue. Two venues may have the same name."""
    timeZone: NotRequired[str]
    """IANA name of the time zone, such as `Europe/London`, for showing local times."""


class CreateWebhookBody(TypedDict):
    url: str
    """Where to send events: an absolute URL."""
    events: NotRequired[list[Literal["hold.created", "hold.extended", "hold.changed", "hold.released", "hold.expired", "booking.created", "booking.changed", "booking.cancelled", "booking.transferred", "booking.left", "block.created", "block.changed", "block.released", "show.created", "show.changed", "show.cancelled", "webhook.test"]]]
    """The only types of events to send. All by default."""
    shows: NotRequired[list[str]]
    """Keys of the only shows to tell it about. All that you may see by default."""
    description: NotRequired[str]
    """What it is for, in your words."""


class CreatedPlan(TypedDict):
    id: str
    """The id of the plan: `plan_` and 32 hexadecimal digits."""
    venue: Union[str, None]
    """The id of its venue. Null for a show's own plan."""
    name: str
    """The name of the plan."""
    seatCount: int
    """How many seats there are, places of general admission included."""
    categories: list[dict[str, Any]]
    """Its price categories, in the order of the plan."""
    sections: list[dict[str, Any]]
    """Its sections, in the order of the plan."""
    retiredAt: Union[str, None]
    """When it was retired, in UTC. Null while new shows can use it."""
    createdAt: str
    """When it was created, in UTC."""
    summary: PlanSummary
    """What was understood of the source, in numbers."""
    warnings: list[PlanWarning]
    """What may have been read differently from what you meant. Empty if nothing was found."""


class CreatedShow(TypedDict):
    key: str
    """The name of the show in addresses."""
    title: str
    """The title of the show, as shoppers read it."""
    startsAt: str
    """When the show starts. Answered in UTC."""
    venue: Union[str, None]
    """The id of its venue. Null for a show with its own plan."""
    timeZone: Union[str, None]
    """The time zone of the venue, for showing local times. Null if it has none."""
    plan: str
    """The id of the plan that is sold from."""
    seatCount: int
    """How many seats there are, places of general admission included."""
    salesFrom: Union[str, None]
    """When sales open. Answered in UTC. Null: from the start."""
    salesUntil: Union[str, None]
    """When sales close. Answered in UTC. Null: no limit."""
    sellAfterStart: bool
    """Whether sales continue once the show has begun. The box office sells either way."""
    holdSeconds: int
    """How long a hold lasts unless it says otherwise, in seconds."""
    holdSecondsMax: int
    """The longest time a hold may ask for at once, in seconds."""
    holdLifeSecondsMax: int
    """The longest time a hold may live, extensions included, in seconds."""
    maxSeatsPerHold: int
    """The most seats that one hold or booking may have."""
    maxSeatsPerHolder: Union[int, None]
    """
    The most seats of the show that one holder may have, held and booked together. Null: no
    limit.
    """
    refuseOrphans: bool
    """Whether chosen seats that leave a single seat alone are refused."""
    cancellable: bool
    """Whether bookings can be cancelled while the show itself is not."""
    confirmBy: Literal["holder", "seller"]
    """Who confirms and books: every holder, or only partner systems and the box office."""
    cancelledAt: Union[str, None]
    """When it was cancelled, in UTC. Null if it was not."""
    archivedAt: Union[str, None]
    """When it was archived, in UTC: lists leave it out. Null while it is not."""
    createdAt: str
    """When it was created, in UTC."""
    summary: NotRequired[PlanSummary]
    """What was understood of its own seats. Absent if a plan was named."""
    warnings: NotRequired[list[PlanWarning]]
    """What may have been read differently from what you meant. Absent if a plan was named."""


class DeleteShowBody(TypedDict):
    pass


class DeleteWebhookBody(TypedDict):
    pass


class DeletedShow(TypedDict):
    key: str
    """The key that the show had. It can be used again."""
    deletedAt: str
    """When it was deleted, in UTC."""


class EndAllSessionsBody(TypedDict):
    pass


class EndMySessionBody(TypedDict):
    pass


class EndSessionBody(TypedDict):
    pass


class EndUserSessionsBody(TypedDict):
    pass


class EndedSessions(TypedDict):
    ended: int
    """How many sessions ended."""


Event = Union["HoldEvent", "BookingEvent", "BlockEvent", "ShowEvent", "TestEvent"]


class EventPage(TypedDict):
    events: list[Event]
    """What happened, oldest first. Empty if nothing has yet."""
    after: str
    """Pass it as `after` to get what comes next."""


class ExtendHoldBody(TypedDict):
    holdSeconds: NotRequired[int]
    """How long it should last from now, in seconds. The usual time by default."""


class Hold(TypedDict):
    id: str
    """The id of the hold: `hold_` and 32 hexadecimal digits."""
    show: str
    """The key of the show."""
    seats: list[str]
    """Labels of the seats it has. Empty once all are given back."""
    items: list[SeatItem]
    """The seats in the same order, each with what its price may depend on."""
    together: bool
    """
    Whether they are all side by side in one row, or places in one general admission
    section.
    """
    expiresAt: str
    """When the hold ends by itself, in UTC."""
    secondsLeft: int
    """Seconds until it ends, rounded up, by the database clock. 0 once it is over."""
    status: Literal["live", "expired", "released", "confirmed"]
    """`live` until it is `confirmed` (booked), `released` (given back) or `expired`."""
    holder: Union[str, None]
    """Who it is for: a name or id that you give your customer. Null if no one was named."""
    reference: Union[str, None]
    """Your own reference, such as an order number. Null if there is none."""
    metadata: dict[str, str]
    """Your own notes, by keys of your own. Empty if there are none."""
    booking: Union[str, None]
    """The booking that it became. Null unless it was confirmed."""
    version: int
    """The version of the show at which it last changed."""


class HoldEvent(TypedDict):
    id: str
    """The same from every server and on every retry."""
    type: Literal["hold.created", "hold.extended", "hold.changed", "hold.released", "hold.expired"]
    """What happened."""
    at: str
    """When it happened, in UTC, by the clock of the database."""
    show: str
    """The key of the show."""
    version: int
    """The version of the show that it belongs to."""
    data: Hold
    """The hold as it was at that version."""


class HoldList(TypedDict):
    items: list[Hold]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class HoldSeatsBody(TypedDict):
    seats: NotRequired[list[str]]
    """Labels of the seats to hold, all or none."""
    places: NotRequired[list[dict[str, Any]]]
    """General admission places to hold, by section."""
    best: NotRequired[BestSeatsInput]
    """The best free seats, as many as you ask for."""
    holdSeconds: NotRequired[int]
    """How long to hold, in seconds. The `holdSeconds` of the show by default."""
    holder: NotRequired[str]
    """Who it is for: a name or id that you give your customer."""
    reference: NotRequired[str]
    """Your own reference, such as an order number."""
    metadata: NotRequired[dict[str, str]]
    """Your own notes: text under keys of your own. You can't search by them."""


class Journal(TypedDict):
    items: list[JournalEntry]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class JournalEntry(TypedDict):
    version: int
    """The version of the show that it made. They count from 1, without gaps."""
    at: str
    """When it happened, in UTC, by the database clock."""
    kind: str
    """What happened, such as `hold`, `confirm` or `cancel`."""
    id: Union[str, None]
    """The hold, booking or block it is about."""
    seats: list[str]
    """What it has after the entry."""
    freed: list[str]
    """What the entry gave back."""
    until: Union[str, None]
    """When the hold ends after it, in UTC. Null if nothing ends by itself."""
    bookedAt: Union[str, None]
    """When the seats were booked, in UTC. Null if they were not."""
    holder: Union[str, None]
    """Who it is for: a name or id that you give your customer. Null if no one was named."""
    reference: Union[str, None]
    """Your own reference, such as an order number. Null if there is none."""
    actor: str
    """Who did it: `user_…`, `key_…`, or `operator` or `anonymous` where there is no account."""
    requestId: Union[str, None]
    """Identifies the write: repeats under one idempotency key share it. Null without one."""
    details: Union[dict[str, Any], None]
    """Details that depend on the kind of entry. Null if there are none."""


class Me(TypedDict):
    role: Literal["anonymous", "user", "partner", "box_office", "operator"]
    """The role of the caller."""
    actor: str
    """As the journal names the caller."""
    user: Union[User, None]
    """The user whose session it is. Null for everyone else."""
    key: Union[ApiKey, None]
    """The API key that asks. Null for everyone else."""
    session: Union[dict[str, Any], None]
    """The session that asks. Null without one."""


class NewPasskey(TypedDict):
    passkey: Passkey
    """The new passkey."""
    recoveryCodes: list[str]
    """You see them only now. Empty if you already have some."""


class NewSecondFactor(TypedDict):
    secret: str
    """The secret in Base32, for typing."""
    uri: str
    """The secret as `otpauth://…`, for a QR code."""


class Passkey(TypedDict):
    id: str
    """The id of the passkey: `passkey_` and 32 hexadecimal digits."""
    name: str
    """What its owner calls it."""
    host: str
    """The name of the server that it works for, and no other."""
    synced: bool
    """Whether it is copied to other devices of its owner."""
    createdAt: str
    """When it was created, in UTC."""
    usedAt: Union[str, None]
    """When it was used last, in UTC. Null: never."""


class PasskeyAssertionInput(TypedDict):
    id: str
    """Which passkey it is."""
    response: dict[str, Any]
    """What was signed."""


class PasskeyAttestationInput(TypedDict):
    id: str
    """Which passkey it is."""
    response: dict[str, Any]
    """What the browser made."""


class PasskeyChallenge(TypedDict):
    challenge: str
    """256 random bits that the passkey signs."""
    rpId: str
    """The host that asks: only passkeys that were made for it answer."""
    timeout: int
    """How long the browser may wait for the person, in milliseconds."""
    userVerification: str
    """Passkeys check who is there (PIN, fingerprint, face) if they can."""


class PasskeyList(TypedDict):
    items: list[Passkey]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class PasskeyOptions(TypedDict):
    challenge: str
    """256 random bits that the passkey signs."""
    rp: dict[str, Any]
    """Who asks for a passkey."""
    user: dict[str, Any]
    """Whom it is for."""
    pubKeyCredParams: list[dict[str, Any]]
    """The algorithms that may sign."""
    timeout: int
    """How long the browser may wait for the person, in milliseconds."""
    attestation: str
    """Nothing is asked about the maker."""
    excludeCredentials: list[dict[str, Any]]
    """The passkeys that you already have for this host."""
    authenticatorSelection: dict[str, Any]
    """What the passkey must be able to do."""


class Plan(TypedDict):
    id: str
    """The id of the plan: `plan_` and 32 hexadecimal digits."""
    venue: Union[str, None]
    """The id of its venue. Null for a show's own plan."""
    name: str
    """The name of the plan."""
    seatCount: int
    """How many seats there are, places of general admission included."""
    categories: list[dict[str, Any]]
    """Its price categories, in the order of the plan."""
    sections: list[dict[str, Any]]
    """Its sections, in the order of the plan."""
    retiredAt: Union[str, None]
    """When it was retired, in UTC. Null while new shows can use it."""
    createdAt: str
    """When it was created, in UTC."""


class PlanList(TypedDict):
    items: list[PlanOverview]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class PlanOverview(TypedDict):
    id: str
    """The id of the plan: `plan_` and 32 hexadecimal digits."""
    venue: str
    """The id of its venue."""
    name: str
    """The name of the plan."""
    seatCount: int
    """How many seats there are, places of general admission included."""
    showCount: int
    """Shows on this plan."""
    retiredAt: Union[str, None]
    """When it was retired, in UTC. Null while new shows can use it."""
    createdAt: str
    """When it was created, in UTC."""


class PlanSummary(TypedDict):
    seats: int
    """How many seats, places of general admission included."""
    sections: int
    """How many sections."""
    rows: int
    """Rows whose seats have neighbours; general admission has none."""
    longestRow: Union[dict[str, Any], None]
    """The row with the most seats. Null if there are no rows."""
    seatsWithoutRow: int
    """Chosen seats with no row: they have no neighbours."""
    generalAdmission: int
    """Places of general admission."""
    accessible: int
    """How many seats are accessible."""
    companion: int
    """How many seats are for companions."""
    restrictedView: int
    """How many seats have a restricted view."""
    categories: list[dict[str, Any]]
    """Its price categories, in the order of the plan."""


class PlanWarning(TypedDict):
    code: Literal["rows_unread", "seats_overlap", "seats_outside_section", "colors_alike", "categories_unused", "columns_ignored", "fields_ignored", "area_without_places", "tables_moved", "category_made", "no_focal_point"]
    """What it is about. Codes may be added, never renamed."""
    message: str
    """The warning, for people."""
    count: int
    """How many seats, columns, fields … it is about."""
    examples: list[str]
    """The first of them: labels, names or places."""


class Problem(TypedDict):
    type: str
    """Address of the page about the code."""
    title: str
    """What the code means, in a sentence."""
    status: int
    """The HTTP status of the answer."""
    code: str
    """The stable code: decide by it, not by the texts."""
    detail: NotRequired[str]
    """What went wrong with this request. Absent if there is nothing to add."""
    instance: NotRequired[str]
    """The path of the request."""
    seats: NotRequired[list[dict[str, Any]]]
    """The seats in the way. Absent if none are."""
    mistakes: NotRequired[list[dict[str, Any]]]
    """What is wrong with the request. Absent if nothing is."""
    limit: NotRequired[int]
    """The limit that was reached. Absent if none was."""
    factors: NotRequired[list[Literal["app", "passkey"]]]
    """What your second factor is. Absent unless it is asked for."""
    booking: NotRequired[Booking]
    """The existing booking, if the code is about one."""
    requestId: NotRequired[str]
    """Finds the request in the log: your `X-Request-Id`, or one made for it."""


class RecoveryCodes(TypedDict):
    recoveryCodes: list[str]
    """Each signs you in once instead of a code. You see them only now."""


class RefreshSessionBody(TypedDict):
    refreshToken: NotRequired[str]
    """The newest one. By default, that of the cookie."""


class ReleaseHoldBody(TypedDict):
    seats: NotRequired[list[str]]
    """Labels of the seats to give back. All of them by default."""
    places: NotRequired[list[dict[str, Any]]]
    """How many of the places that the hold has in a section."""


class RemovePasskeyBody(TypedDict):
    password: str
    """Your password, once more."""
    code: NotRequired[str]
    """A code of the authenticator app, or a recovery code, if you have a second factor."""
    passkey: NotRequired[PasskeyAssertionInput]
    """What a passkey signed, if you have one: see `createPasskeyChallenge`."""


class RemoveSecondFactorBody(TypedDict):
    password: str
    """Your password, once more."""
    code: NotRequired[str]
    """A code of the authenticator app, or a recovery code, if you have a second factor."""
    passkey: NotRequired[PasskeyAssertionInput]
    """What a passkey signed, if you have one: see `createPasskeyChallenge`."""


class RemoveUserSecondFactorBody(TypedDict):
    pass


class RepeatShowBody(TypedDict):
    shows: list[dict[str, Any]]
    """The shows to create, all or none."""


class RepeatedShows(TypedDict):
    items: list[Show]
    """The shows, in the order in which you asked for them."""


class ReplayWebhookBody(TypedDict):
    show: str
    """The key of the show."""
    after: NotRequired[int]
    """The version after which to begin. 0: from the beginning."""


class Report(TypedDict):
    show: str
    """The key of the show."""
    asOf: str
    """The database's time at which this was true, in UTC."""
    timeZone: str
    """The time zone in which each `day` is one."""
    by: list[Literal["status", "section", "category", "row", "holder", "day"]]
    """What the seats are counted by, in this order."""
    seats: int
    """How many seats the show has."""
    items: list[ReportRow]
    """The counts, one for each group of seats that are alike."""


class ReportRow(TypedDict):
    status: NotRequired[Literal["available", "held", "booked", "blocked"]]
    """Their status right now. Absent unless asked for."""
    section: NotRequired[Union[str, None]]
    """The key of their section. Null if they are in none, absent unless asked for."""
    category: NotRequired[str]
    """The key of their category. Absent unless asked for."""
    row: NotRequired[Union[str, None]]
    """Their row. Null if they are in none, absent unless asked for."""
    holder: NotRequired[Union[str, None]]
    """Who they are for. Null if no one was named, absent unless asked for."""
    day: NotRequired[Union[str, None]]
    """The day the seats were sold, in the venue's time zone. Null while they are not sold."""
    seats: int
    """How many seats."""
    bookings: int
    """How many bookings they belong to."""


class RevokeApiKeyBody(TypedDict):
    pass


class RotateApiKeyBody(TypedDict):
    overlapSeconds: NotRequired[int]
    """How long the existing secrets keep working, in seconds."""


class RotateWebhookSecretBody(TypedDict):
    overlapSeconds: NotRequired[int]
    """How long the existing secrets keep working, in seconds."""


class Seat(TypedDict):
    seat: str
    """The label of the seat."""
    section: Union[str, None]
    """The key of its section. Null if it is in none."""
    row: Union[str, None]
    """The row of the seat. Null if it is in none."""
    number: str
    """The number of the seat inside its row, as printed."""
    category: str
    """The key of its category."""
    status: Literal["available", "held", "booked", "blocked"]
    """Its status right now."""
    heldUntil: Union[str, None]
    """When its hold ends, in UTC. Null unless it is held."""
    accessible: bool
    """Whether it is meant for wheelchair users."""
    companion: bool
    """Whether it is meant for the companion of someone in an accessible seat."""
    restrictedView: bool
    """Whether part of the stage cannot be seen from it."""


class SeatItem(TypedDict):
    seat: str
    """The label of the seat."""
    section: Union[str, None]
    """The key of its section. Null if it is in none."""
    row: Union[str, None]
    """The row of the seat. Null if it is in none."""
    number: str
    """The number of the seat inside its row, as printed."""
    category: str
    """The key of its category."""
    accessible: bool
    """Whether it is meant for wheelchair users."""


class SeatList(TypedDict):
    items: list[Seat]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class SeatMap(TypedDict):
    show: str
    """The key of the show."""
    plan: str
    """The id of the plan that is sold from."""
    name: str
    """The name of the plan."""
    width: float
    """Width of the plan, in its own units."""
    height: float
    """Height of the plan, in its own units."""
    focalPoint: Union[dict[str, Any], None]
    """Where everyone looks: the middle of the stage. Null if the plan has none."""
    categories: list[dict[str, Any]]
    """Price categories. Seats name them by their index here."""
    sections: list[dict[str, Any]]
    """Sections. Seats name them by their index here."""
    shapes: list[dict[str, Any]]
    """What is drawn besides seats: a stage, a bar, a text."""
    seatCount: int
    """How many seats there are, places of general admission included."""
    seats: dict[str, Any]
    """The seats, in columns: element n of each is seat number n, from 0."""


class Session(TypedDict):
    id: str
    """The id of the session: `session_` and 32 hexadecimal digits."""
    user: User
    """Who is signed in."""
    expiresAt: str
    """When the session ends at the latest, in UTC. A week without use ends it, too."""
    accessToken: Union[str, None]
    """Send it as `Authorization: Bearer …`. Null if cookies carry it."""
    accessSeconds: int
    """How long the access token works, in seconds."""
    refreshToken: Union[str, None]
    """Renews the session, once, and gives the next. Null if cookies carry it."""


class SessionList(TypedDict):
    items: list[ActiveSession]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class Show(TypedDict):
    key: str
    """The name of the show in addresses."""
    title: str
    """The title of the show, as shoppers read it."""
    startsAt: str
    """When the show starts. Answered in UTC."""
    venue: Union[str, None]
    """The id of its venue. Null for a show with its own plan."""
    timeZone: Union[str, None]
    """The time zone of the venue, for showing local times. Null if it has none."""
    plan: str
    """The id of the plan that is sold from."""
    seatCount: int
    """How many seats there are, places of general admission included."""
    salesFrom: Union[str, None]
    """When sales open. Answered in UTC. Null: from the start."""
    salesUntil: Union[str, None]
    """When sales close. Answered in UTC. Null: no limit."""
    sellAfterStart: bool
    """Whether sales continue once the show has begun. The box office sells either way."""
    holdSeconds: int
    """How long a hold lasts unless it says otherwise, in seconds."""
    holdSecondsMax: int
    """The longest time a hold may ask for at once, in seconds."""
    holdLifeSecondsMax: int
    """The longest time a hold may live, extensions included, in seconds."""
    maxSeatsPerHold: int
    """The most seats that one hold or booking may have."""
    maxSeatsPerHolder: Union[int, None]
    """
    The most seats of the show that one holder may have, held and booked together. Null: no
    limit.
    """
    refuseOrphans: bool
    """Whether chosen seats that leave a single seat alone are refused."""
    cancellable: bool
    """Whether bookings can be cancelled while the show itself is not."""
    confirmBy: Literal["holder", "seller"]
    """Who confirms and books: every holder, or only partner systems and the box office."""
    cancelledAt: Union[str, None]
    """When it was cancelled, in UTC. Null if it was not."""
    archivedAt: Union[str, None]
    """When it was archived, in UTC: lists leave it out. Null while it is not."""
    createdAt: str
    """When it was created, in UTC."""


class ShowChange(TypedDict):
    version: int
    """The version after the change. It stays the same if only time has passed."""
    asOf: str
    """The database's time at which this was true, in UTC."""
    changes: list[list[Any]]
    """Seats whose status changed, each as `[number, status, held until]`."""
    holds: NotRequired[list[list[Any]]]
    """
    Only in the first event after a resume: exactly these seats are held. A seat that you
    know as held, and that is neither here nor in `changes`, is available again.
    """
    seatCount: NotRequired[int]
    """With `holds`: how many seats there are. New ones are available."""


class ShowEvent(TypedDict):
    id: str
    """The same from every server and on every retry."""
    type: Literal["show.created", "show.changed", "show.cancelled"]
    """What happened."""
    at: str
    """When it happened, in UTC, by the clock of the database."""
    show: str
    """The key of the show."""
    version: int
    """The version of the show that it belongs to."""
    data: Show
    """The show."""


class ShowList(TypedDict):
    items: list[Show]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class ShowSnapshot(TypedDict):
    show: str
    """The key of the show."""
    version: int
    """The version of the show that this reflects. Each change raises it by one."""
    asOf: str
    """The database's time at which this was true, in UTC."""
    statuses: str
    """Character n is seat number n: a, h, b or x (blocked)."""
    holds: list[list[Any]]
    """When the seats that are held become available again."""


class SignInLink(TypedDict):
    user: str
    """The id of the user whom it signs in."""
    token: str
    """Signs in once: pass it as `link` to `createSession`."""
    path: str
    """Append it to the dashboard's address to make the link."""
    expiresAt: str
    """When the link stops working, in UTC."""


class Statuses(TypedDict):
    show: str
    """The key of the show."""
    version: int
    """The version of the show that this reflects. Each change raises it by one."""
    asOf: str
    """The database's time at which this was true, in UTC."""
    statuses: str
    """Character n is seat number n: a, h, b or x (blocked)."""


SwapSeatsBody = TypedDict("SwapSeatsBody", {
    "from": "list[str]",
    "to": "list[str]",
    "reason": "NotRequired[str]",
})


class SystemState(TypedDict):
    version: str
    """The version of Rowlock that runs."""
    startedAt: str
    """When the server started, in UTC."""
    memoryBytes: int
    """Resident memory of the process, in bytes."""
    limits: bool
    """Whether callers are limited."""
    proxy: Literal["trusted", "unnamed", "none"]
    """`unnamed`: one forwards requests that `ROWLOCK_TRUST_PROXY` does not name."""
    seen: dict[str, Any]
    """This request as the server sees it, behind the proxy."""
    lateMs: float
    """How late the process has been getting to new work lately, in milliseconds."""
    shows: Union[int, None]
    """How many shows there are. Null while the database cannot be asked."""
    database: dict[str, Any]
    """The state of the database."""
    engine: dict[str, Any]
    """How writing to shows is going."""
    streams: dict[str, Any]
    """How realtime streams are doing."""
    requests: int
    """Requests answered since the start."""
    refusals: list[dict[str, Any]]
    """Refusals since the start, the most frequent first."""


class TestEvent(TypedDict):
    id: str
    """The same from every server and on every retry."""
    type: Literal["webhook.test"]
    """Always `webhook.test`."""
    at: str
    """When it happened, in UTC, by the clock of the database."""
    show: None
    """Null: a test is about no show."""
    version: None
    """Null: a test is about no show."""
    data: dict[str, Any]
    """Empty: a test has none."""


class TestWebhookBody(TypedDict):
    pass


class TransferBookingBody(TypedDict):
    holder: str
    """A user (`user_…`), named by the box office, becomes its owner as well."""
    seats: NotRequired[list[str]]
    """Labels of the seats to hand on, as a new booking. All of them by default."""
    reference: NotRequired[str]
    """By default, it stays as it is."""


class UnblockSeatsBody(TypedDict):
    seats: NotRequired[list[str]]
    """Labels of the seats to sell again. All of them by default."""


class User(TypedDict):
    id: str
    """The id of the user: `user_` and 32 hexadecimal digits."""
    name: str
    """The name of the person."""
    email: Union[str, None]
    """The address to sign in with. Null if there are only sign-in links."""
    phone: Union[str, None]
    """Telephone number. Null if there is none."""
    role: Literal["user", "box_office", "operator"]
    """What the user may do: shop (`user`), sell (`box_office`) or run everything (`operator`)."""
    hasPassword: bool
    """Whether there is a password to sign in with."""
    emailVerified: bool
    """Whether one of the staff gave the address, or its owner came by a sign-in link."""
    secondFactor: bool
    """Whether signing in takes a second factor as well."""
    secondFactors: list[Literal["app", "passkey"]]
    """What can be the second factor: codes of an `app`, a `passkey`."""
    createdAt: str
    """When it was created, in UTC."""
    disabledAt: Union[str, None]
    """When the user was disabled, in UTC. Null while the user is not."""


class UserList(TypedDict):
    items: list[User]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class Venue(TypedDict):
    id: str
    """The id of the venue: `venue_` and 32 hexadecimal digits."""
    name: str
    """The name of the venue."""
    timeZone: Union[str, None]
    """IANA name of its time zone, for showing local times. Null if none was given."""
    retiredAt: Union[str, None]
    """When it was retired, in UTC. Null while new shows can use it."""
    createdAt: str
    """When it was created, in UTC."""


class VenueList(TypedDict):
    items: list[Venue]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class Webhook(TypedDict):
    id: str
    """The id of the webhook: `webhook_` and 32 hexadecimal digits."""
    url: str
    """Where events are sent."""
    events: Union[list[Literal["hold.created", "hold.extended", "hold.changed", "hold.released", "hold.expired", "booking.created", "booking.changed", "booking.cancelled", "booking.transferred", "booking.left", "block.created", "block.changed", "block.released", "show.created", "show.changed", "show.cancelled", "webhook.test"]], None]
    """The only types of events that are sent. Null: all."""
    shows: Union[list[str], None]
    """Keys of the only shows it is told about. Null: all."""
    description: Union[str, None]
    """What it is for, in your words. Null if you gave none."""
    status: Literal["enabled", "disabled"]
    """`enabled`, or `disabled`: then nothing is sent."""
    disabledWhy: Union[str, None]
    """`by hand`, `gone` (it answered 410) or `failing` (for five days)."""
    failingSince: Union[str, None]
    """Since when deliveries have failed, in UTC. Null while they get through."""
    waiting: int
    """Events that failed and will be retried."""
    createdAt: str
    """When it was created, in UTC."""


class WebhookDelivery(TypedDict):
    event: str
    """The id of the event, as in the header `webhook-id`."""
    type: Literal["hold.created", "hold.extended", "hold.changed", "hold.released", "hold.expired", "booking.created", "booking.changed", "booking.cancelled", "booking.transferred", "booking.left", "block.created", "block.changed", "block.released", "show.created", "show.changed", "show.cancelled", "webhook.test"]
    """What the event is about."""
    show: Union[str, None]
    """The key of the show. Null for a test."""
    version: Union[int, None]
    """The version of the show that the event belongs to. Null for a test."""
    state: Literal["waiting", "delivered", "failed"]
    """`waiting` to be retried, `delivered`, or `failed` for good."""
    tries: int
    """How often it was sent."""
    at: str
    """When it was tried last, in UTC."""
    nextAt: Union[str, None]
    """When it will be tried again, in UTC. Null: with its show."""
    status: Union[int, None]
    """The HTTP status of the answer. Null if there was none."""
    answer: Union[str, None]
    """The first 1,000 characters of the answer. Null if there was none."""
    error: Union[str, None]
    """Why there was no answer. Null if there was one."""
    tookMs: Union[int, None]
    """How long the last try took, in milliseconds. Null if nothing was sent."""


class WebhookDeliveryList(TypedDict):
    items: list[WebhookDelivery]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class WebhookList(TypedDict):
    items: list[Webhook]
    """The items on this page, in the order of the list."""
    next: Union[str, None]
    """Pass it as `cursor` to get the next page. Null on the last page."""


class WebhookWithSecret(TypedDict):
    id: str
    """The id of the webhook: `webhook_` and 32 hexadecimal digits."""
    url: str
    """Where events are sent."""
    events: Union[list[Literal["hold.created", "hold.extended", "hold.changed", "hold.released", "hold.expired", "booking.created", "booking.changed", "booking.cancelled", "booking.transferred", "booking.left", "block.created", "block.changed", "block.released", "show.created", "show.changed", "show.cancelled", "webhook.test"]], None]
    """The only types of events that are sent. Null: all."""
    shows: Union[list[str], None]
    """Keys of the only shows it is told about. Null: all."""
    description: Union[str, None]
    """What it is for, in your words. Null if you gave none."""
    status: Literal["enabled", "disabled"]
    """`enabled`, or `disabled`: then nothing is sent."""
    disabledWhy: Union[str, None]
    """`by hand`, `gone` (it answered 410) or `failing` (for five days)."""
    failingSince: Union[str, None]
    """Since when deliveries have failed, in UTC. Null while they get through."""
    waiting: int
    """Events that failed and will be retried."""
    createdAt: str
    """When it was created, in UTC."""
    secret: str
    """Verifies signatures. You see it only now."""

