// Made from web/ by make web; sources a9d6fa0005ba062d166947c95b7c237e2163624362e55cd48ddf2b27c33cab0f
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
