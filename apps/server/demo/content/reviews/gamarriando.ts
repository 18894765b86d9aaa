import type { DemoReviews } from './types.ts';

export const gamarriandoReviews: DemoReviews = {
  'electro-norte': [
    {
      of: 'lampara-luciernaga',
      stars: 5,
      text: 'Luz cálida y muy bonita. Llegó en dos días a Monterrey, perfectamente empacada.',
    },
    {
      of: 'silla-oaxaca',
      stars: 4,
      text: 'Cómoda y firme. El tono de la madera es un poco más oscuro que en la foto.',
    },
    { of: 'taza-amanecer', stars: 5, text: 'Compré una y voy por otras tres. El esmalte es precioso.' },
    { of: 'cafe-chiapas', stars: 5, text: 'Recién tostado, se nota al abrir la bolsa. Mi café de todas las mañanas.' },
    { of: 'mochila-sendero', stars: 4 },
  ],
  'hilo-y-sol': [
    { of: 'lampara-luciernaga', stars: 5 },
    {
      of: 'cama-nube',
      stars: 5,
      text: 'Suavísima y después de cinco lavadas sigue igual. La tela se siente de verdad.',
    },
    {
      of: 'audifonos-halde',
      stars: 3,
      text: 'Se escuchan muy bien, pero la diadema me aprieta después de una hora.',
      reply:
        'Gracias por contarnos. La diadema afloja con el uso; si no, con gusto los cambiamos dentro de los 30 días.',
    },
    { of: 'cafe-chiapas', stars: 4, text: 'Muy buen aroma. Me hubiera gustado elegir la molienda.' },
  ],
  'cocina-de-barro': [
    {
      of: 'silla-oaxaca',
      stars: 5,
      text: 'Compramos una para probar y nos convenció: bien lijada, sin astillas y fácil de armar.',
    },
    { of: 'cama-nube', stars: 4, text: 'Muy fresca. Las fundas podrían ser un poquito más grandes.' },
    {
      of: 'celular-lumina-12',
      stars: 4,
      text: 'La pantalla es una maravilla y la batería me dura día y medio. La cámara de noche, regular.',
    },
    { of: 'vestido-magnolia', stars: 5, text: 'Fresco, bien cosido y queda según la guía de tallas.' },
    { of: 'recetario-sureste', stars: 5, text: 'Recetas que sí salen. El recado negro, igualito al de mi abuela.' },
  ],
  'pagina-uno': [
    {
      of: 'lampara-luciernaga',
      stars: 4,
      text: 'Ideal para leer. El cable es algo corto.',
      reply: '¡Gracias, Andrés! Ya pedimos al taller un cable de dos metros.',
    },
    { of: 'taza-amanecer', stars: 5 },
    { of: 'salsa-macha', stars: 5, text: 'Pica sabroso y cruje. Cuidado: se acaba en una semana.' },
    { of: 'bocina-cantaro', stars: 4, text: 'Sonido claro para su tamaño; llena la librería sin problema.' },
    {
      of: 'tenis-colibri',
      stars: 2,
      text: 'Bonitos, pero la suela se despegó al mes.',
      reply: 'Una disculpa, Andrés. Ese lote salió mal; ya va en camino un par nuevo sin costo.',
    },
  ],
  cumbre: [
    { of: 'tapete-mitla', stars: 5, text: 'Lana de verdad y colores que no destiñen. Vale cada peso.' },
    { of: 'cafe-chiapas', stars: 5 },
    { of: 'audifonos-halde', stars: 5, text: 'En el gimnasio no escucho nada más que mi música. La batería, eterna.' },
    { of: 'sudadera-volcan', stars: 4, text: 'Abrigadora sin ser pesada. Pidan una talla más si la quieren holgada.' },
    { of: 'robot-chispa', stars: 5, text: 'Mi hijo lo armó casi solo y ahora le cuenta chistes.' },
  ],
};
