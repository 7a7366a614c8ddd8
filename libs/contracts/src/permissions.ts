import type { Role } from './words.js';

/** What a role may do. `case.read_all` sees every case; without it a person sees the cases of their own store. */
export const PERMISSIONS = {
  'case.read_all': ['agent', 'supervisor', 'admin'],
  'case.read_store': ['agent', 'store', 'supervisor', 'admin'],
  'case.reply': ['agent', 'store', 'supervisor', 'admin'],
  'case.note': ['agent', 'store', 'supervisor', 'admin'],
  'case.assign': ['agent', 'store', 'supervisor', 'admin'],
  /** Puts an entry on another case; store staff, who see some cases only, cannot. */
  'case.move_entry': ['agent', 'supervisor', 'admin'],
  'case.change_status': ['agent', 'store', 'supervisor', 'admin'],
  'customer.search': ['agent', 'supervisor', 'admin'],
  'customer.recognise': ['agent', 'store', 'supervisor', 'admin'],
  /** Says that two records are one person, takes that back, puts what is another's on their case. */
  'customer.merge': ['agent', 'supervisor', 'admin'],
  /** What other systems say of customers, from a file or by their token. */
  'customer.import': ['supervisor', 'admin'],
  /** How customers want to be spoken to, and when. */
  'customer.prefer': ['agent', 'store', 'supervisor', 'admin'],
  /** What identifies a customer: adds to it, ends it, says that others have it too. */
  'contact.manage': ['agent', 'store', 'supervisor', 'admin'],
  /** Sees a document at the counter and vouches for it. */
  'proof.document': ['store', 'supervisor', 'admin'],
  'visit.log': ['agent', 'store', 'supervisor', 'admin'],
  /** Shows a customer the way to a store. */
  'redirect.send': ['agent', 'store', 'supervisor', 'admin'],
  /** Says how a store is doing today: who waits, whether it is open. Store staff of their own only. */
  'store.tell': ['store', 'supervisor', 'admin'],
  /** Repairs: opens them, moves them on, says what they cost and what becomes of the data. */
  'repair.work': ['agent', 'store', 'supervisor', 'admin'],
  'call.log': ['agent', 'store', 'supervisor', 'admin'],
  /** What a switchboard tells, by its token; and lists of calls. */
  'call.import': ['supervisor', 'admin'],
  /** Writes down what was said in a forum, a blog, another network. */
  'elsewhere.log': ['agent', 'supervisor', 'admin'],
  /** Makes links by which customers follow their case, and takes them back. */
  'link.issue': ['agent', 'store', 'supervisor', 'admin'],
  /** Opens a case that is none of theirs, for a while and with a reason that supervisors read. */
  'glass.break': ['agent', 'store', 'supervisor', 'admin'],
  'glass.review': ['supervisor', 'admin'],
  /** Sees what there is to lend: of all stores, store staff of theirs. */
  'loaner.read': ['agent', 'store', 'supervisor', 'admin'],
  /** Decides with the customer whether they are lent a phone, and has one kept for them. */
  'loaner.lend': ['agent', 'store', 'supervisor', 'admin'],
  /** Gives it to them and takes it back, cleans it, sends it on: where it is. */
  'loaner.hand_over': ['store', 'supervisor', 'admin'],
  /** What there is to lend, and by which rules. */
  'loaner.manage': ['supervisor', 'admin'],
  'reject.read': ['agent', 'supervisor', 'admin'],
  /** Takes in after all what was kept back, or puts it away. */
  'reject.manage': ['agent', 'supervisor', 'admin'],
  'person.list': ['agent', 'store', 'supervisor', 'admin'],
  'person.manage': ['admin'],
  /** Who works which queue, and what people can do. */
  'queue.manage': ['supervisor', 'admin'],
  'mailbox.manage': ['admin'],
  /** Sees when it is open, and which minutes count. */
  'calendar.read': ['agent', 'store', 'supervisor', 'admin'],
  'calendar.write': ['supervisor', 'admin'],
  /** Sees how long things may take and what happens when they take longer. */
  'sla.read': ['agent', 'store', 'supervisor', 'admin'],
  'sla.write': ['supervisor', 'admin'],
  /** Sees how each channel is doing; what the other side said is for those who look after them. */
  'channel.read': ['agent', 'store', 'supervisor', 'admin'],
  'channel.detail': ['supervisor', 'admin'],
  'channel.manage': ['admin'],
  /** Sees what customers are given and owed; gives within the limits of the role; lets others give more; sets the rules. */
  'goodwill.read': ['agent', 'store', 'supervisor', 'admin'],
  'goodwill.give': ['agent', 'store', 'supervisor', 'admin'],
  'goodwill.approve': ['supervisor', 'admin'],
  'goodwill.manage': ['supervisor', 'admin'],
  /** Sees phones and what was before with them. */
  'device.read': ['agent', 'store', 'supervisor', 'admin'],
  /** Writes down phones, their faults, whose they are and when they were bought. */
  'device.write': ['agent', 'store', 'supervisor', 'admin'],
  /** Says that two records are one phone: whoever may have it in their hand, and who looks after them. */
  'device.join': ['store', 'supervisor', 'admin'],
  /** Keeps the table of models. */
  'device.manage': ['supervisor', 'admin'],
  /** Says what a warranty seems to answer for, and asks for a second opinion. */
  'warranty.propose': ['agent', 'store', 'supervisor', 'admin'],
  /** Decides what a warranty answers for: whoever may have the phone in their hand, and who looks after them. */
  'warranty.decide': ['store', 'supervisor', 'admin'],
  /** Keeps the terms of the law and of makers that decisions go by. */
  'warranty.manage': ['supervisor', 'admin'],
  /** Says how customers are told each stage of a repair. */
  'repair.manage': ['supervisor', 'admin'],
  /** Gives work to other companies, takes theirs, and writes with them. */
  'handoff.work': ['agent', 'store', 'supervisor', 'admin'],
  /** Takes back what another company was told, goes on without them, sends again what got stuck. */
  'handoff.manage': ['supervisor', 'admin'],
  /** Sees where phones are and moves them on: labels, scans, what was lost. */
  'custody.move': ['agent', 'store', 'supervisor', 'admin'],
  /** Sees which companies work with us; keeps what was agreed with each and the keys of their systems. */
  'partner.read': ['agent', 'store', 'supervisor', 'admin'],
  'partner.manage': ['admin'],
  /** Other systems that are told of everything that happens. */
  'webhook.manage': ['admin'],
  /** Looks after the work of all: the dashboard, screens on walls, analysis, escalations and incidents. */
  supervise: ['supervisor', 'admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether `role` holds `permission`. */
export const may = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);

/** Every permission of a role, for the session answer. */
export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => may(role, permission));
