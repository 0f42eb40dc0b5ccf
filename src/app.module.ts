import { Module } from '@nestjs/common';

/** Which rooms the house has. */
@Module({})
export class AppModule {}
