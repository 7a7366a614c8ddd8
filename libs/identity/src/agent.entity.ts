import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Language, Role } from '#contracts';

/** A person who logs in. */
@Entity('agent')
export class Agent {
  @PrimaryColumn('uuid') id: string;
  @Column('text') email: string;
  @Column('text', { name: 'display_name' }) displayName: string;
  @Column('text', { name: 'password_hash', select: false }) passwordHash: string;
  @Column('text') role: Role;
  @Column('uuid', { name: 'store_id', nullable: true }) storeId: string | null;
  @Column('text') language: Language;
  @Column('boolean') active: boolean;
}
