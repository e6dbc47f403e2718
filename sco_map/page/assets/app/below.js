// Made from web/ by make web; sources a6cf747dab1cc284a0725554a4d2f1245e70b26f39edfc600f2630469c2481be
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
