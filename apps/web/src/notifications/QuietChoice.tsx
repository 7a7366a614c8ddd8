import { QuietDay, type NotificationPreferences, type QuietHours } from '#contracts';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import styles from './Notifications.module.css';
import { toggled } from './toggled.js';

interface Props {
  chosen: NotificationPreferences;
  onChange: (more: Partial<NotificationPreferences>) => void;
}

/** A night, by the clock of whoever sits here. */
const usualNight = (): QuietHours => ({
  from: '22:00',
  to: '07:30',
  days: [...QuietDay.options],
  timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** When somebody wants to be left alone, and what of. */
export const QuietChoice = ({ chosen: { quiet, urgentInQuiet }, onChange }: Props) => {
  const { t } = useWords();
  const change = (more: Partial<QuietHours>) => quiet && onChange({ quiet: { ...quiet, ...more } });
  return (
    <>
      <label className={forms.check}>
        <input
          type="checkbox"
          checked={quiet !== null}
          onChange={(event) => onChange({ quiet: event.currentTarget.checked ? usualNight() : null })}
        />
        <span>
          {t('notifications.quiet')}
          <small>{t('notifications.quiet.lead')}</small>
        </span>
      </label>
      {quiet ? (
        <div className={styles.quiet}>
          <div className={forms.two}>
            {(['from', 'to'] as const).map((end) => (
              <label key={end} className={forms.field}>
                <span>{t(`notifications.quiet.${end}`)}</span>
                <input
                  type="time"
                  required
                  value={quiet[end]}
                  onChange={(event) => event.currentTarget.value && change({ [end]: event.currentTarget.value })}
                />
              </label>
            ))}
          </div>
          <fieldset className={forms.field}>
            <legend>{t('notifications.quiet.days')}</legend>
            <div className={forms.choices}>
              {QuietDay.options.map((day) => (
                <label key={day}>
                  <input
                    type="checkbox"
                    checked={quiet.days.includes(day)}
                    onChange={() => change({ days: toggled(quiet.days, day) })}
                  />
                  {t(`day.short.${day}`)}
                </label>
              ))}
            </div>
            {quiet.days.length === 0 ? (
              <small role="alert">{t('notifications.quiet.no_days')}</small>
            ) : (
              <small>{t('notifications.quiet.zone', { zone: quiet.timeZone })}</small>
            )}
          </fieldset>
          <label className={forms.check}>
            <input
              type="checkbox"
              checked={urgentInQuiet}
              onChange={(event) => onChange({ urgentInQuiet: event.currentTarget.checked })}
            />
            <span>{t('notifications.urgent')}</span>
          </label>
        </div>
      ) : null}
    </>
  );
};
