/** The columns of a Benefit (contracts) of `benefit b`. */

const PERSON = (column: string): string =>
  `(select json_build_object('id', a.id, 'displayName', a.display_name) from agent a where a.id = ${column})`;

/** What the days of a discount come to by now. Those that another discount has counted, or the other side of a merge, are not its. */
const DAYS = (what: string): string =>
  `(select ${what} from benefit_accrual d where d.benefit_id = b.id and d.customer_id = b.customer_id)`;

/** Of the newest message about it. */
export const SENT = (subject: 'benefit' | 'compensation', id: string): string =>
  `(select m.state from benefit_message m where m.${subject}_id = ${id} order by m.created_at desc limit 1)`;

const RULE = `(select json_build_object('id', r.id, 'name', r.name, 'version', b.rule_version, 'afterDays', v.after_days)
    from goodwill_rule r join goodwill_rule_version v on v.rule_id = r.id and v.version = b.rule_version where r.id = b.rule_id)`;

/** Of vouchers: the message that brings the customer the code. */
const CODE_WAY = `case when b.kind = 'voucher' then (select json_build_object('channel', d.channel, 'state', d.state)
    from customer_news n join delivery d on d.interaction_id = n.interaction_id where n.cause = 'voucher:' || b.id) end`;

export const BENEFIT_COLUMNS = `b.id, b.case_id as "caseId", b.kind, b.state, b."values", b.value_cents as "valueCents", b.currency, b.tier,
  ${RULE} as rule, b.needs, b.reason, b.equity_reason as "equityReason", ${PERSON('b.asked_by')} as "askedBy", ${PERSON('b.decided_by')} as "decidedBy",
  b.decision_reason as "decisionReason", b.refused_by as "refusedBy", b.from_day as "from", b.to_day as "to",
  case when b.kind = 'fee_discount' and b.from_day is not null then ${DAYS('coalesce(sum(d.amount_cents), 0)::bigint')} end as "accruedCents",
  case when b.kind = 'fee_discount' and b.from_day is not null then ${DAYS('count(*)::int')} end as days,
  b.code_ends as "codeEnds", b.code_shown_at is not null as "codeShown", ${CODE_WAY} as "codeWay", iso(b.expires_at) as "expiresAt", iso(b.created_at) as "createdAt",
  iso(b.state_at) as "stateAt", ${SENT('benefit', 'b.id')} as sent`;

/** A KnownFee (contracts) for each account of a customer that says what they pay, the one heard of last first. */
export const FEES = (customerId: string): string =>
  `(select coalesce(json_agg(json_build_object('monthlyFeeCents', (a.data ->> 'valueShortCents')::bigint, 'currency', coalesce(a.data ->> 'currency', 'EUR'),
      'plan', a.data ->> 'plan', 'number', a.number) order by a.as_of desc, a.id), '[]')
    from customer_account a where a.customer_id = ${customerId} and (a.data ->> 'valueShortCents')::bigint > 0)`;
