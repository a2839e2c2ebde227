/** `node migrate-process.ts <config as JSON> <sql directory>`: one migrator among several. */
import { migrate } from '../../src/db/migrate.ts'

const [config = '', sqlDir = ''] = process.argv.slice(2)
const result = await migrate(JSON.parse(config), { sqlDir })
console.log(JSON.stringify(result))
