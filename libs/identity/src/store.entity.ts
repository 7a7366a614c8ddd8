import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A shop of the carrier. */
@Entity('store')
export class StoreRecord {
  @PrimaryColumn('uuid') id: string;
  @Column('text') code: string;
  @Column('text') name: string;
  @Column('text') address: string;
  @Column('text') city: string;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('text', { nullable: true }) phone: string | null;
}
