/** Links by which another company works on a handoff. */
export const enDesk = {
  'desk.links': 'Page of {partner}',
  'desk.open_links': 'Links to their page',
  'desk.lead':
    'By this link they accept, ask, quote and return without an account. They see what they were told in this handoff and nothing else.',
  'desk.once': 'Copy it now: it cannot be seen again. It ends in {days} days.',
  'desk.all': 'Links of this handoff',
  'desk.shut': 'This handoff is no longer shown to {partner}: no more links are made.',
  'desk.unread': 'The links could not be read.',
  'desk.by_message': 'Went out with a message',
  'event.handoff.link_issued': '{author} made a link for {partner}',
  'event.handoff.link_opened': '{partner} opened their page of the handoff',
  'event.handoff.link_revoked': '{author} took back a link of {partner}',
};
