/** The compiled module where the bundler compiles it, as workerd's does; elsewhere what the bundler makes of it. */
declare const module: object;
export default module;
