// Made from web/ by make web; sources 4b953f86107d59bf8898a730acce24a023bca87590dd58fec09799075830e567
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
