import type { esHandoffEvents } from './es.handoff-events.js';

export const enHandoffEvents = {
  'event.handoff.drafted': '{author} drafts a handoff to {partner}',
  'event.handoff.sent':
    '{direction, select, in {{partner} asks us to do it} other {{author} hands the work over to {partner}}}',
  'event.handoff.acknowledged':
    '{direction, select, in {{author} confirms to {partner} that we have it} other {{partner} confirms that they have it}}',
  'event.handoff.accepted':
    '{direction, select, in {{author} accepts it from {partner}{more}} other {{partner} accepts it{more}}}',
  'event.handoff.rejected':
    '{direction, select, in {{author} rejects it to {partner}: {reason}} other {{partner} does not do it: {reason}. Now: {next}}}',
  'event.handoff.asked':
    '{direction, select, in {{author} asks {partner}: {question}} other {{partner} asks: {question}}}',
  'event.handoff.answered':
    '{direction, select, in {{partner} answers: {text}} other {{author} answers {partner}: {text}}}',
  'event.handoff.progressed':
    '{direction, select, in {{author} begins with the work of {partner}{more}} other {{partner} is working on it{more}}}',
  'event.handoff.eta_moved':
    '{direction, select, in {{author} moves the date with {partner}: from {from, date, medium} to {to, date, medium}{more}} other {{partner} moves the date: from {from, date, medium} to {to, date, medium}{more}}}',
  'event.handoff.eta_named':
    '{direction, select, in {{author} names a date to {partner}: {to, date, medium}{more}} other {{partner} names a date: {to, date, medium}{more}}}',
  'event.handoff.quoted':
    '{direction, select, in {{author} quotes {partner}: {amount}} other {{partner} quotes: {amount}}}',
  'event.handoff.device_received':
    '{direction, select, in {The phone of {partner} has arrived here ({author})} other {The phone has arrived at {partner}}}',
  'event.handoff.device_dispatched':
    '{direction, select, in {The phone goes back to {partner}{more} ({author})} other {{partner} sends the phone back{more}}}',
  'event.handoff.resolved':
    '{direction, select, in {{author} calls it resolved for {partner}, {outcome}: {text}} other {{partner} calls it resolved, {outcome}: {text}}}',
  'event.handoff.reopened':
    '{direction, select, in {{partner} gives it back to us: {reason}} other {{author} gives it back to {partner}: {reason}}}',
  'event.handoff.closed':
    '{direction, select, in {{partner} closes its handoff} other {{author} closes the handoff to {partner}}}',
  'event.handoff.expired':
    '{direction, select, in {What {partner} asked expires: we did not answer} other {{partner} does not answer: the handoff expires}}',
  'event.handoff.cancelled':
    '{direction, select, in {{partner} cancels what it asked: {reason}} other {{author} cancels the handoff to {partner}: {reason}}}',
  'event.handoff.recalled':
    '{direction, select, in {{partner} recalls what it told: {reason}} other {{author} recalls what {partner} was told: {reason}}}',
  'event.handoff.by': 'by {at, date, medium}',
  'event.handoff.went_on': '{partner} does not answer ({reason}): we go on without them. {author}: {next}',
  'event.handoff.nudged': '{partner} is reminded that we are waiting ({count, number})',
  'event.handoff.nudged_person': '{partner} does not answer: {to} is told (notice {count, number})',
  'event.handoff.undeliverable': 'It could not be delivered to {partner}: {error}',
  'event.handoff.late_word': '{partner} said “{word}” when it was “{state}” already: it changes nothing',
  'event.handoff.forgotten.recalled': '{partner} no longer sees what it was told: it was recalled',
  'event.handoff.forgotten.retention': '{partner} no longer sees what it was told: the agreed time has passed',
  'event.owner.moved': 'From now on {name} answers to the customer',
  'event.owner.back': 'We answer to the customer again',
} as const satisfies Record<keyof typeof esHandoffEvents, string>;
