/** What stands of the story on the page of the case `c`: one sub-select each, along its own index. */

export const IMPACTS = `(select coalesce(json_agg(json_build_object('id', i.id, 'kind', i.kind, 'part', i.part, 'state', i.state, 'problemId', i.problem_id,
    'reportedAt', iso(i.reported_at), 'stateAt', iso(coalesce(i.state_at, i.reported_at)), 'restoredAt', iso(i.restored_at)) order by i.reported_at, i.id), '[]')
  from impact i where i.case_id = c.id)`;

export const PROBLEMS = `(select coalesce(json_agg(json_build_object('id', p.id, 'statement', p.statement, 'stage', p.stage, 'stageAt', iso(coalesce(p.stage_at, p.created_at)), 'createdAt', iso(p.created_at),
    'agreed', case when p.agreed_at is not null then json_build_object('by', p.agreed_by, 'how', p.agreed_how, 'entryId', p.agreed_entry, 'at', iso(p.agreed_at), 'recordedBy', p.agreed_recorded_by) end)
    order by p.created_at, p.id), '[]') from problem p where p.case_id = c.id)`;

export const RE_EXPLANATIONS = `(select count(*)::int from re_explanation r where r.case_id = c.id and not r.dismissed)`;

/** A StoryPromise (contracts) of a fact `f`; null for all other facts. */
const PROMISE = `case when f.promise_id is not null then (select json_build_object('id', m.id, 'kind', m.kind, 'state', m.state,
    'by', json_build_object('id', m.by_id, 'displayName', m.by_name), 'dueAt', iso(m.due_at),
    'keptBy', case when m.kept_entry is not null then json_build_object('entryId', m.kept_entry, 'at', iso(m.kept_at)) end) from promise m where m.id = f.promise_id) end`;

const AUTHOR = `json_build_object('kind', f.author_kind, 'id', f.author_id, 'displayName', f.author_name)`;

/** So many facts of a case are told at once; a screen holds fewer, and the rest is in its history. */
const MOST = 80;

/** Told from what a problem or an impact is now: nobody has to write that down as well. */
const TOLD_AUTHOR = `json_build_object('kind', 'system', 'id', null, 'displayName', 'Hilo')`;
const ofProblem = `select p.id, p.created_at as at, json_build_object('id', p.id, 'kind', 'broke', 'code', null, 'values', json_build_object('stage', p.stage), 'text', p.statement,
    'language', null, 'at', iso(p.created_at), 'author', ${TOLD_AUTHOR}, 'entryId', p.agreed_entry, 'promise', null, 'corrected', false, 'source', 'problem') as item
  from problem p where p.case_id = c.id`;
const ofImpact = `select i.id, i.reported_at, json_build_object('id', i.id, 'kind', 'lost', 'code', 'impact', 'values', json_build_object('kind', i.kind, 'part', i.part, 'state', i.state),
    'text', null, 'language', null, 'at', iso(i.reported_at), 'author', ${TOLD_AUTHOR}, 'entryId', null, 'promise', null, 'corrected', false, 'source', 'impact')
  from impact i where i.case_id = c.id`;
const ofFact = `(select f.id, f.at, json_build_object('id', f.id, 'kind', f.kind, 'code', f.code, 'values', f.values, 'text', f.text, 'language', f.language, 'at', iso(f.at),
    'author', ${AUTHOR}, 'entryId', f.entry_id, 'promise', ${PROMISE},
    'corrected', f.code is distinct from 'loan' and exists (select from story_fact b where b.superseded_by = f.id), 'source', 'fact')
  from story_fact f where f.case_id = c.id and f.superseded_by is null and f.withdrawn_at is null order by f.at desc, f.id desc limit ${MOST})`;

/** StoryFacts (contracts), oldest first: what holds now. */
export const STORY = `(select coalesce(json_agg(f.item order by f.at, f.id), '[]') from (${ofProblem} union all ${ofImpact} union all ${ofFact}) f)`;

/** FactVersions (contracts) of the case `$1`, newest first. */
export const FACT_VERSIONS = `select json_build_object('id', f.id, 'kind', f.kind, 'code', f.code, 'values', f.values, 'text', f.text, 'language', f.language,
    'at', iso(f.at), 'recordedAt', iso(f.created_at), 'author', ${AUTHOR}, 'entryId', f.entry_id, 'promise', ${PROMISE}, 'supersededBy', f.superseded_by,
    'withdrawn', case when f.withdrawn_at is not null then json_build_object('by', f.withdrawn_by, 'at', iso(f.withdrawn_at), 'reason', f.withdrawn_reason) end) as item
  from story_fact f where f.case_id = $1 order by f.created_at desc, f.id desc limit 500`;
