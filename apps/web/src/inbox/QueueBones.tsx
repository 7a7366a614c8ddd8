import { Bone } from '../app/Bone.js';
import { useWords } from '../i18n/Words.js';
import styles from './Queue.module.css';

/** The list before its rows: same heights, nothing moves when they come. */
export const QueueBones = () => {
  const { t } = useWords();
  return (
    <div role="status" aria-label={t('app.loading')}>
      {Array.from({ length: 9 }, (_, index) => (
        <div key={index} className={styles.bones}>
          <Bone width={`${38 + ((index * 17) % 24)}%`} height={10} />
          <Bone width={`${72 + ((index * 11) % 20)}%`} height={8} />
          <Bone width={`${30 + ((index * 7) % 20)}%`} height={12} />
        </div>
      ))}
    </div>
  );
};
