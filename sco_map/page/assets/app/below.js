// Made from web/ by make web; sources ea934a0916060e5b2928da92afac14d0e0ff1fb47a466f8e1a1832dc5292e632
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
