// Made from web/ by make web; sources ab5ee976085a5c13bbf499cb3060288630b7995d9c6eea596c4979e12c4bb456
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
