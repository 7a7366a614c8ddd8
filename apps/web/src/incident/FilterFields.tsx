import type { Channel, ImpactKind, IncidentFilter } from '#contracts';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';

/** A filter as it is typed. */
export interface TypedFilter {
  q: string;
  city: string;
  postcode: string;
  channel: Channel | '';
  lacks: ImpactKind | '';
}

export const NOTHING_ASKED: TypedFilter = { q: '', city: '', postcode: '', channel: '', lacks: '' };

/** Null while it says nothing. */
export const filterOf = (typed: TypedFilter): IncidentFilter | null => {
  const said = Object.entries(typed).flatMap(([field, value]) => (value.trim() ? [[field, value.trim()]] : []));
  return said.length > 0 ? (Object.fromEntries(said) as IncidentFilter) : null;
};

export const typedOf = (filter: IncidentFilter | null): TypedFilter => ({
  q: filter?.q ?? '',
  city: filter?.city ?? '',
  postcode: filter?.postcode ?? '',
  channel: filter?.channel ?? '',
  lacks: filter?.lacks ?? '',
});

const CHANNELS: Channel[] = ['twitter', 'email', 'store', 'phone', 'web'];
const LACKS: ImpactKind[] = ['calls', 'data', 'apps', 'photos', 'other'];

interface Props {
  value: TypedFilter;
  onChange: (value: TypedFilter) => void;
}

/** What the cases of one cause have in common. */
export const FilterFields = ({ value, onChange }: Props) => {
  const { t } = useWords();
  const text = (field: 'q' | 'city' | 'postcode') => (
    <label className={forms.field}>
      <span>{t(`incident.filter.${field}`)}</span>
      <input
        value={value[field]}
        maxLength={field === 'q' ? 200 : field === 'city' ? 120 : 20}
        onChange={({ target }) => onChange({ ...value, [field]: target.value })}
      />
      {field === 'q' ? <small>{t('incident.filter.q.hint')}</small> : null}
    </label>
  );
  return (
    <>
      {text('q')}
      <div className={forms.two}>
        {text('city')}
        {text('postcode')}
        <label className={forms.field}>
          <span>{t('incident.filter.channel')}</span>
          <select
            value={value.channel}
            onChange={({ target }) => onChange({ ...value, channel: target.value as TypedFilter['channel'] })}
          >
            <option value="">{t('incident.filter.any')}</option>
            {CHANNELS.map((channel) => (
              <option key={channel} value={channel}>
                {t(`channel.${channel}.name`)}
              </option>
            ))}
          </select>
        </label>
        <label className={forms.field}>
          <span>{t('incident.filter.lacks')}</span>
          <select
            value={value.lacks}
            onChange={({ target }) => onChange({ ...value, lacks: target.value as TypedFilter['lacks'] })}
          >
            <option value="">{t('incident.filter.whatever')}</option>
            {LACKS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`impact.${kind}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </>
  );
};
