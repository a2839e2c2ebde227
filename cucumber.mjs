/** The product's specification, executed: `npm run test:features`. */
export default {
  paths: ['test/features/*.feature'],
  import: ['test/features/support/*.ts', 'test/features/steps/*.ts'],
  format: ['progress'],
  strict: true,
}
