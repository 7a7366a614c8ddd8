import {
  SHARE_PURPOSES,
  type FormField,
  type GatewayKind,
  type Partner,
  type PartnerBody,
  type PartnerKind,
  type PartnerTerms,
  type Priority,
  type ShareField,
  type Tmf621Peer,
} from '#contracts';
import { durationText, minutesOf } from '../policies/duration.rules.js';
import type { PartnerTab } from './tabs.js';

/** What is edited of a partner, as it is typed, and what of it cannot be saved yet. */

export const URGENCIES = ['critical', 'high', 'normal', 'low'] as const satisfies Priority[];
export const TARGETS = ['acknowledgeMinutes', 'answerMinutes', 'returnMinutes'] as const;
export type Target = (typeof TARGETS)[number];

type Typed = Record<Target, string>;

export interface TypedRung {
  name: string;
  email: string;
  phone: string;
  after: string;
}

export interface TypedPeer {
  url: string;
  kind: Tmf621Peer['auth']['kind'];
  header: string;
  tokenUrl: string;
  clientId: string;
  scope: string;
  /** Empty: it stays as it is. */
  secret: string;
}

export interface PartnerDraft {
  name: string;
  kind: PartnerKind;
  language: PartnerBody['language'];
  timeZone: string;
  active: boolean;
  gateway: GatewayKind;
  email: string;
  senders: string;
  postalAddress: string;
  peer: TypedPeer;
  discount: string;
  agreement: string;
  brands: string;
  text: string;
  retention: string;
  expires: string;
  calendar: string;
  targets: Record<Priority, Typed>;
  ladder: TypedRung[];
  share: PartnerTerms['share'];
  form: FormField[];
}

const typedPeer = (peer: Tmf621Peer | null | undefined): TypedPeer => {
  const blank = { header: 'X-API-Key', tokenUrl: '', clientId: '', scope: '', secret: '' };
  if (!peer) return { url: '', kind: 'oauth2', ...blank };
  const { kind, ...auth } = peer.auth;
  return {
    ...{ url: peer.url, kind, ...blank },
    ...('header' in auth ? { header: auth.header } : {}),
    ...('tokenUrl' in auth ? { tokenUrl: auth.tokenUrl, clientId: auth.clientId, scope: auth.scope ?? '' } : {}),
  };
};

const typed = (minutes: number | undefined): string => (minutes === undefined ? '' : durationText(minutes));
const typedTargets = (targets: PartnerTerms['targets'], priority: Priority): Typed => ({
  acknowledgeMinutes: typed(targets[priority]?.acknowledgeMinutes),
  answerMinutes: typed(targets[priority]?.answerMinutes),
  returnMinutes: typed(targets[priority]?.returnMinutes),
});

export function draftOf(partner: Partner): PartnerDraft {
  const { terms } = partner;
  return {
    ...{ name: partner.name, kind: partner.kind, language: partner.language, timeZone: partner.timeZone },
    ...{ active: partner.active, gateway: partner.gateway, email: partner.email ?? '' },
    ...{ senders: partner.senders.join('\n'), postalAddress: partner.postalAddress },
    peer: typedPeer(partner.tmf621),
    discount: terms.discountPercent?.toString() ?? '',
    ...{ agreement: terms.agreement ?? '', text: terms.text, retention: String(terms.retentionDays) },
    brands: terms.brands.join(', '),
    ...{ expires: durationText(terms.expiresMinutes), calendar: terms.calendar },
    targets: {
      ...{ critical: typedTargets(terms.targets, 'critical'), high: typedTargets(terms.targets, 'high') },
      ...{ normal: typedTargets(terms.targets, 'normal'), low: typedTargets(terms.targets, 'low') },
    },
    ladder: terms.ladder.map(({ contact, afterMinutes }) => ({
      ...{ name: contact.name, email: contact.email ?? '', phone: contact.phone ?? '' },
      after: afterMinutes === 0 ? '0' : durationText(afterMinutes),
    })),
    ...{ share: terms.share, form: terms.form },
  };
}

/** What a draft lacks, and where. */
export type PartnerGap =
  | 'name'
  | 'time_zone'
  | 'email'
  | 'url'
  | 'token'
  | 'discount'
  | 'retention'
  | 'expires'
  | 'target'
  | 'ladder'
  | 'purpose'
  | 'field'
  | 'choices'
  | 'key_twice'
  | 'fact_not_shared';

export const TAB_OF: Record<PartnerGap, PartnerTab> = {
  ...{ name: 'agreement', time_zone: 'agreement', discount: 'agreement', retention: 'shared', expires: 'agreement' },
  ...{ target: 'agreement', ladder: 'agreement', email: 'reach', url: 'reach', token: 'reach' },
  ...{ purpose: 'shared', field: 'form', choices: 'form', key_twice: 'form', fact_not_shared: 'form' },
};

const blank = (text: string): boolean => text.trim() === '';
const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text.trim());
const isUrl = (text: string): boolean => URL.canParse(text.trim()) && /^https?:/u.test(text.trim());
const isWhole = (text: string, most: number): boolean => /^\d{1,4}$/u.test(text.trim()) && Number(text) <= most;
const percentOf = (text: string): number => Number(text.trim().replace(',', '.'));
/** Whatever a person types for "at once" is no length of time. */
const afterOf = (text: string): number | null => (/^0*$/u.test(text.trim()) ? 0 : minutesOf(text));

const rowGap = (row: Typed): boolean => {
  const blanks = TARGETS.filter((target) => blank(row[target]));
  return blanks.length < TARGETS.length && TARGETS.some((target) => minutesOf(row[target]) === null);
};

const peerGaps = ({ gateway, peer }: PartnerDraft): PartnerGap[] => {
  if (gateway !== 'tmf621' && blank(peer.url)) return [];
  if (!isUrl(peer.url)) return ['url'];
  const isToken = peer.kind === 'oauth2' && (!isUrl(peer.tokenUrl) || blank(peer.clientId));
  return isToken ? ['token'] : [];
};

const formGaps = ({ form, share }: PartnerDraft): PartnerGap[] => {
  const told = new Set(share.map(({ field }) => field));
  return [
    ...(form.some(({ title }) => blank(title.es) || blank(title.en)) ? (['field'] as const) : []),
    ...(form.some(({ type, choices }) => type === 'choice' && choices.every(blank)) ? (['choices'] as const) : []),
    ...(new Set(form.map(keyOf)).size < form.length ? (['key_twice'] as const) : []),
    ...(form.some(({ fact }) => fact && !told.has(fact)) ? (['fact_not_shared'] as const) : []),
  ];
};

const termGaps = (draft: PartnerDraft): PartnerGap[] => {
  const percent = percentOf(draft.discount);
  const isPercent = blank(draft.discount) || (percent >= 0 && percent <= 100);
  return [
    ...(isPercent ? [] : (['discount'] as const)),
    ...(isWhole(draft.retention, 3650) ? [] : (['retention'] as const)),
    ...(minutesOf(draft.expires) === null ? (['expires'] as const) : []),
    ...(URGENCIES.some((priority) => rowGap(draft.targets[priority])) ? (['target'] as const) : []),
    ...(draft.ladder.some(
      ({ name, email, after }) => blank(name) || !(blank(email) || isAddress(email)) || afterOf(after) === null,
    )
      ? (['ladder'] as const)
      : []),
    ...(draft.share.some(({ purpose }) => blank(purpose.es) || blank(purpose.en)) ? (['purpose'] as const) : []),
  ];
};

export function gapsOf(draft: PartnerDraft): PartnerGap[] {
  const needsMail = draft.gateway !== 'tmf621';
  return [
    ...(blank(draft.name) ? (['name'] as const) : []),
    ...(blank(draft.timeZone) ? (['time_zone'] as const) : []),
    ...(isAddress(draft.email) || (blank(draft.email) && !needsMail) ? [] : (['email'] as const)),
    ...peerGaps(draft),
    ...termGaps(draft),
    ...formGaps(draft),
  ];
}

function peerOf({ url, kind, header, tokenUrl, clientId, scope, secret }: TypedPeer): Tmf621Peer | null {
  if (blank(url)) return null;
  const place = { url: url.trim() };
  if (kind === 'api_key') return { ...place, auth: { kind, header, ...(secret ? { key: secret } : {}) } };
  if (kind === 'none') return { ...place, auth: { kind } };
  const auth = { kind, tokenUrl: tokenUrl.trim(), clientId: clientId.trim(), scope: scope.trim() || null };
  return { ...place, auth: { ...auth, ...(secret ? { clientSecret: secret } : {}) } };
}

const targetsOf = (targets: PartnerDraft['targets']): PartnerTerms['targets'] =>
  Object.fromEntries(
    URGENCIES.filter((priority) => !TARGETS.every((target) => blank(targets[priority][target]))).map((priority) => [
      priority,
      Object.fromEntries(TARGETS.map((target) => [target, minutesOf(targets[priority][target]) ?? 1])),
    ]),
  );

const lines = (text: string): string[] =>
  text
    .split(/[\s,;]+/u)
    .map((line) => line.trim().toLowerCase())
    .filter(Boolean);

const brandsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,;\n]/u)
      .map((brand) => brand.trim())
      .filter(Boolean),
  ),
];

/** As it is sent; only of a draft without gaps. */
export function bodyOf(draft: PartnerDraft): PartnerBody {
  return {
    ...{ name: draft.name.trim(), kind: draft.kind, language: draft.language, timeZone: draft.timeZone.trim() },
    ...{ active: draft.active, gateway: draft.gateway, email: draft.email.trim() || null },
    ...{ senders: lines(draft.senders), tmf621: peerOf(draft.peer), postalAddress: draft.postalAddress.trim() },
    terms: {
      discountPercent: blank(draft.discount) ? null : percentOf(draft.discount),
      agreement: draft.agreement.trim() || null,
      brands: brandsOf(draft.brands),
      text: draft.text.trim(),
      form: draft.form.map((field) => ({
        ...field,
        key: keyOf(field),
        choices: field.type === 'choice' ? field.choices.map((choice) => choice.trim()).filter(Boolean) : [],
      })),
      share: draft.share,
      retentionDays: Number(draft.retention),
      targets: targetsOf(draft.targets),
      ladder: draft.ladder.map(({ name, email, phone, after }) => ({
        contact: { name: name.trim(), email: email.trim() || null, phone: phone.trim() || null },
        afterMinutes: afterOf(after) ?? 0,
      })),
      calendar: draft.calendar,
      expiresMinutes: minutesOf(draft.expires) ?? 1,
    },
  };
}

/** A key that other systems can name; of a field that has one already, that. */
export function keyOf({ key, title }: Pick<FormField, 'key' | 'title'>): string {
  if (key !== '') return key;
  const bare = title.en.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = bare.replace(/[^a-z0-9]+/gu, '_').replace(/^[_\d]+|_+$/gu, '');
  return slug.slice(0, 60) || 'field';
}

export const withShare = (share: PartnerTerms['share'], field: ShareField, isTold: boolean): PartnerTerms['share'] =>
  isTold ? [...share, { field, purpose: SHARE_PURPOSES[field] }] : share.filter((rule) => rule.field !== field);

export const NEW_FIELD: FormField = {
  ...{ key: '', title: { es: '', en: '' }, type: 'text', choices: [], required: true, fact: null },
};

/** A partner as it begins: nothing agreed, nothing shared. */
export const newPartner = (
  given: Pick<PartnerBody, 'name' | 'kind' | 'language' | 'timeZone'> & { email: string },
): PartnerBody => ({
  ...given,
  ...{ active: true, gateway: 'email', senders: [], tmf621: null, postalAddress: '' },
  terms: {
    ...{ discountPercent: null, agreement: null, brands: [], text: '', form: [], share: [] },
    ...{ retentionDays: 30, targets: {}, ladder: [], calendar: 'house', expiresMinutes: 7 * 1440 },
  },
});
